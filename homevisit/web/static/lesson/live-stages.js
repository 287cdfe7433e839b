// What the leader's page calls the stages of a question, and what the group does in each.

export const PHASES = {
  shown: "Show the question",
  alone: "Let everyone write",
  pairs: "Form pairs",
  together: "Show what was written",
  again: "Write once more",
  compared: "Compare",
};
export const VOTING = { alone: "Let everyone vote", together: "Show the votes", again: "Vote once more" };
export const DOING = {
  shown: "The group sees the question; nobody writes yet.",
  alone: "Everybody writes alone.",
  pairs: "Pairs write together.",
  together: "The group sees what was written, without names.",
  again: "Everybody writes once more.",
  compared: "The group sees first and second beside each other.",
};
export const VOTED = {
  shown: "The group sees the question; nobody votes yet.",
  alone: "Everybody votes alone.",
  pairs: "Pairs choose together.",
  together: "The group sees the votes, without names.",
  again: "Everybody votes once more.",
};
