"""Plans of group sessions: made from a lesson, kept as a team's own, opened and printed."""

from homevisit.services.plans.keeping import StoredPlan, get_plan
from homevisit.services.plans.making import make_plan, piwi_plan
from homevisit.services.plans.scenes import clip_of, scene_of

__all__ = ["StoredPlan", "clip_of", "get_plan", "make_plan", "piwi_plan", "scene_of"]
