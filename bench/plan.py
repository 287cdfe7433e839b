"""How much is measured: the full run, and a short one for trying the bench out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Crowd:
    """Visitors who come at the same moment; seconds that count as served, and that are waited for in all."""

    size: int
    served_within: float
    give_up: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Numbers of repetitions and people; times are in seconds.

    `room` is the crowd whose memory is measured, `hall` the one that is let in once at stock.
    """

    starts: int = 3
    rounds: int = 3
    visits: int = 2
    room: Crowd = Crowd(30, served_within=60, give_up=60)
    hall: Crowd = Crowd(200, served_within=120, give_up=180)
    learners: int = 200
    writing: int = 20
    bursts: int = 3
    batches: int = 5
    own_batch: int = 10
    stock_batch: int = 3
    opening: float = 120
    texts: int = 2000
    sessions: int = 10
    in_session: int = 30
    session_seconds: int = 60


FULL = Plan()
QUICK = Plan(
    starts=1,
    rounds=1,
    visits=1,
    room=Crowd(3, served_within=20, give_up=20),
    hall=Crowd(8, served_within=20, give_up=20),
    learners=20,
    writing=3,
    bursts=1,
    batches=1,
    own_batch=4,
    stock_batch=2,
    opening=10,
    texts=100,
    sessions=2,
    in_session=5,
    session_seconds=12,
)
