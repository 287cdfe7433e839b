// The five central domains of the ELOF, as homevisit/course/elof.py names them; a test compares the two.

export const DOMAINS = {
  approaches: {
    name: "Approaches to Learning",
    subdomains: {
      "emotional-regulation": "Emotional and Behavioral Self-Regulation",
      "cognitive-regulation": "Cognitive Self-Regulation",
      initiative: "Initiative and Curiosity",
      creativity: "Creativity",
    },
  },
  social: {
    name: "Social and Emotional Development",
    subdomains: {
      adults: "Relationships with Adults",
      children: "Relationships with Other Children",
      emotions: "Emotional Functioning",
      identity: "Sense of Identity and Belonging",
    },
  },
  language: {
    name: "Language and Literacy",
    subdomains: {
      attending: "Attending and Understanding",
      communicating: "Communicating and Speaking",
      vocabulary: "Vocabulary",
      literacy: "Emergent Literacy",
    },
  },
  cognition: {
    name: "Cognition",
    subdomains: {
      exploration: "Exploration and Discovery",
      memory: "Memory",
      reasoning: "Reasoning and Problem-Solving",
      mathematics: "Emergent Mathematical Thinking",
      imitation: "Imitation and Symbolic Representation and Play",
    },
  },
  physical: {
    name: "Perceptual, Motor, and Physical Development",
    subdomains: {
      perception: "Perception",
      "gross-motor": "Gross Motor",
      "fine-motor": "Fine Motor",
      health: "Health Safety and Nutrition",
    },
  },
};
