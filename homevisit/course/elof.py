"""The five central domains of the Head Start Early Learning Outcomes Framework (ELOF, 2015), birth to 36 months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FULL_NAME = "Early Learning Outcomes Framework"


@dataclass(frozen=True, slots=True)
class Domain:
    """One central domain: its name, and the names of its sub-domains by key."""

    name: str
    subdomains: Mapping[str, str]


DOMAINS: Mapping[str, Domain] = {
    "approaches": Domain(
        "Approaches to Learning",
        {
            "emotional-regulation": "Emotional and Behavioral Self-Regulation",
            "cognitive-regulation": "Cognitive Self-Regulation",
            "initiative": "Initiative and Curiosity",
            "creativity": "Creativity",
        },
    ),
    "social": Domain(
        "Social and Emotional Development",
        {
            "adults": "Relationships with Adults",
            "children": "Relationships with Other Children",
            "emotions": "Emotional Functioning",
            "identity": "Sense of Identity and Belonging",
        },
    ),
    "language": Domain(
        "Language and Literacy",
        {
            "attending": "Attending and Understanding",
            "communicating": "Communicating and Speaking",
            "vocabulary": "Vocabulary",
            "literacy": "Emergent Literacy",
        },
    ),
    "cognition": Domain(
        "Cognition",
        {
            "exploration": "Exploration and Discovery",
            "memory": "Memory",
            "reasoning": "Reasoning and Problem-Solving",
            "mathematics": "Emergent Mathematical Thinking",
            "imitation": "Imitation and Symbolic Representation and Play",
        },
    ),
    "physical": Domain(
        "Perceptual, Motor, and Physical Development",
        {
            "perception": "Perception",
            "gross-motor": "Gross Motor",
            "fine-motor": "Fine Motor",
            "health": "Health Safety and Nutrition",
        },
    ),
}


def in_framework(domain: str, subdomain: str = "") -> str:
    """Return the names of a domain and of a sub-domain of it, "" for no domain; an unknown key stands for itself."""
    if domain not in DOMAINS:
        return domain
    known = DOMAINS[domain]
    names = [known.name, known.subdomains.get(subdomain, "")]
    return ": ".join(name for name in names if name)
