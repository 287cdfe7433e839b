"""One answer key with a question of each type, for tests of content and of scoring."""

from __future__ import annotations

from homevisit.course.answer_keys import load_answer_key

LESSON = "09-blocks"
KEY = """\
lesson: 09-blocks
questions:
  blocks-observe:
    type: observe
    source: "000#Experience It"
    points: 4
    enough: 3
    public:
      prompt: What do you see and hear while Omar and his mother stack the blocks?
      hint: Who sits where?
      timed: true
    key_points:
      - id: places
        text: His mother sits beside Omar; the home visitor faces him from across.
        look_again: Look at the start once more.
      - id: turns
        text: His mother turns the blocks so that the next one fits.
        look_again: Watch her hands.
      - id: hands
        text: She hands him the blocks in the right order, ready to go on the post.
        look_again: How does the next block get to him?
      - id: comments
        text: The home visitor says aloud what she sees him do, and tells his mother how well he is doing.
        look_again: Listen near the middle.
      - id: tries
        text: Omar picks up blocks, moves them in different ways and sometimes fits them together.
        look_again: Watch only his hands.
  one-step:
    type: choose
    several: false
    source: "000#Attendance"
    points: 1
    public:
      prompt: Which step first?
      options: {ride: Arrange a ride, times: Ask about times}
    correct: [times]
    feedback: {ride: She has a car., times: The hour is the obstacle.}
  who-belongs:
    type: choose
    several: true
    source: "000#Social networks"
    points: 2
    public:
      prompt: Who can be part of a network?
      options: {cousin: A cousin, coworker: Someone from work, nurse: The nurse, mail: A shop}
    correct: [cousin, coworker, nurse]
    feedback: {cousin: Relatives count., coworker: Work counts., nurse: Professionals count., mail: Not this.}
  what-kind:
    type: sort
    source: "000#Exchanges"
    points: 4
    public:
      prompt: What kind of exchange is it?
      groups: {goods: Material goods, services: Services}
      statements: {boots: She lends boots., errand: He runs an errand., puzzle: She lends a puzzle.}
    correct: {boots: goods, errand: services, puzzle: goods}
    feedback: {boots: A thing., errand: His time., puzzle: A thing again.}
  own-lens:
    type: reflect
    source: "000#Culture"
    points: 4
    public:
      prompt: How might your own upbringing shape what you notice?
      length: {soft_minimum_words: 80}
      readers: trainer
    rubric:
      - id: scene
        criterion: Names something from the scene
        levels: {0: Not yet, 1: In general terms, 2: A particular act}
        note: Any act will do.
      - id: lens
        criterion: Looks at one's own lens
        levels: {0: Not yet, 1: Says it matters, 2: Shows how}
    key_points:
      - id: eyes
        text: "Eye contact: how much people look at each other."
  visit-steps:
    type: order
    source: "000#Visit"
    points: 3
    public:
      prompt: In which order do these steps of a visit go?
      steps: {play: Play together, greet: Greet everyone, plan: Plan the next visit, talk: Talk over the week}
    correct: [greet, talk, play, plan]
    feedback: {greet: It opens the door., talk: News comes first., play: The heart of it., plan: It looks ahead.}
  say-it-anew:
    type: rephrase
    source: "000#Writing"
    points: 2
    public:
      prompt: Write what somebody beside you would have seen and heard.
      sentence: Leo is lazy and never helps.
    examples:
      - Leo sat on the rug while two children put the blocks in the bin.
      - Leo turned one page of his book while "Put it away" was sung.
  long-week:
    type: respond
    source: "000#Support"
    points: 3
    public:
      prompt: What do you say?
      situation: Ms. Rivera opens the door with the baby on her hip.
      says: I have not slept all week.
      readers: "trainer"
    rubric:
      - id: hears
        criterion: Takes up what she said
        levels: {0: Not yet, 1: In a general way, 2: In her own terms}
        note: Advice can wait.
      - id: asks
        criterion: Leaves the next word to her
        levels: {0: Not yet, 1: Asks or waits}
    examples:
      - A whole week is long. How did the two of you get through last night?
  before:
    type: checklist
    source: "000#Self-check"
    points: 5
    public:
      prompt: How often do you do this now?
      items: {wait: I wait before I speak, ask: I ask what the parent saw}
      levels: {0: Seldom, 1: At times, 2: On most visits}
  after:
    type: checklist
    source: "000#Self-check again"
    points: 2
    public:
      prompt: And what will you do from now on?
      items: {wait: I wait before I speak, ask: I ask what the parent saw}
      levels: {0: Seldom, 1: At times, 2: On most visits}
      compares_with: before
  try-it:
    type: commitment
    source: "000#Try it"
    points: 5
    public:
      prompt: What will you try?
      plans: {count: Count to ten first, mirror: Say back what I heard}
      after_days: 14
  around-her:
    type: ecomap
    source: "003#EcoMap"
    points: 5
    public:
      prompt: Draw the map of Ms. Rivera's family.
      family: Ms. Rivera and the baby
      rule: {ties: 3}
    examples:
      - The thickest line leads to the neighbor, who asks for nothing.
  one-morning:
    type: plan
    source: "001#Planning form"
    points: 6
    public:
      prompt: Plan one morning.
      group: Six families with babies come on a Friday.
      facts: [One child must not eat eggs., The room has no kitchen.]
    feedback:
      people: Two should lead.
      goal: A goal outlives the morning.
      connections: Whose goal is it?
      together: Think of the youngest one.
      talk: A question beats a talk.
      food: Leave the eggs out.
      after: Parents observe as well.
  stop-and-mark:
    type: watch
    source: "000#Experience It"
    points: 2
    enough: 1
    public:
      prompt: What happens when it gets hard?
      clip: omar-stacking
      length: "1:53"
      stops: [{id: hands, at: "1:25", ask: Whose hand moves?}]
    key_points:
      - id: small-help
        from: "1:25"
        to: "1:28"
        text: She gives it one small twist when pressing has not helped.
        look_again: Wait for the drop.
"""


def write_key(folder, text=KEY):
    path = folder / f"{LESSON}.yml"
    path.write_text(text, encoding="utf-8")
    return path


def changed(old, new):
    """Give the key with one place changed; `old` must stand in it exactly once."""
    assert KEY.count(old) == 1
    return KEY.replace(old, new)


def line_of(words, text=KEY):
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def questions(folder):
    return load_answer_key(write_key(folder)).questions
