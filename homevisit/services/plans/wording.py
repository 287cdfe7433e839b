"""What a ready plan says: the words of the leader, and of the seven parts of the PIWI model.

The order of the seven parts is Yates and McCollum's, as the supervisor's handbook gives it ("Support for Home
Visitors"); minutes and words are the course's own.
"""

from __future__ import annotations

WELCOME = (
    "Greet everybody by name. Say what this time is for: looking closely together, not finding out who knows most. "
    "Say how it works: each person writes first, then talks in a pair, then we look together. Nobody's name stands "
    "beside a response on the big screen or on the phones. You see the names, now and in the report; tell them so. "
    "A question that does not fit right here can be kept for later, on the phone."
)
SCENE = (
    "Show the scene once without stopping. Ask people to put their pens down and only look or read. Then show it a "
    "second time, or give a minute to read it again. Do not say yet what you see in it yourself."
)
LOOK = "Look or read once without writing. Then go through it again and note what you see and hear."
THREE_TIMES = (
    "Alone (about 4 minutes): everybody writes. Keep it quiet; there is no hurry and no clock on the screen.\n"
    "In pairs (about 5 minutes): read your responses to each other. What did the other one see that you did not?\n"
    "Together (about 7 minutes): show the responses. Begin with what many saw, then ask about what only one saw. "
    "Where someone has written what it means, ask: what did you see that makes you think so? "
    "Let people write once more at the end if their view has changed."
)
TALK = (
    "Give a minute to write, then open the talk. Ask two or three people in turn before you say anything yourself. "
    "Pass questions on to the group. Where views differ, ask what each of them would do on the very next visit."
)
TAKE_ALONG = (
    "Read the points aloud, or let people take turns. Then ask each person: which one of these will you try on a "
    "visit before we meet again, and with which family? You can write down what was agreed as a follow-up task in the "
    "report of the session."
)
CLOSING = (
    "Go through the questions for later. Say which ones you will come back to, and when. Thank everybody. Then end "
    "the session: two short questions open on the phones. Ask people to fill them in before they leave."
)
THANKS = "Thank you. At the end, two short questions open on your phone."
QUESTION_TITLES = {
    "observe": "What we see and hear",
    "watch": "Where we look",
    "reflect": "What we think",
    "respond": "What we would say",
    "choose": "What we would choose",
    "sort": "Where it belongs",
    "order": "In which order",
    "rephrase": "In other words",
}

PIWI_TITLE = "Rehearse a socialization in the PIWI order"
PIWI_STEPS: tuple[tuple[str, str, int, str, str], ...] = (
    (
        "hello-song",
        "Hello song",
        4,
        (
            "One person leads the group as on the day itself; the others are parents and children. Sing every name once. "
            "Afterward ask: what would a family who comes for the first time need in this minute?"
        ),
        "We sing hello. Each child and each grown-up is named once.",
    ),
    (
        "opening-discussion",
        "Opening discussion",
        10,
        (
            "Ask the parents what their children have been up to since last time, then bring up one thing to watch for "
            "in today's play. Let parents guess what their own child will do. Rehearse how you pass a question on to "
            "another parent."
        ),
        "What has your child found out lately? What do you think your child will do with today's materials?",
    ),
    (
        "playtime",
        "Parent-child observation and play",
        20,
        (
            "Parents play with their own child and watch closely. Those who rehearse as home visitors step in as little "
            "as they can: arrange the place, tell a parent what she does that helps, point to what is happening right "
            "now. Stop after ten minutes, change the parts, and go on."
        ),
        (
            "Parents and children play together. Watch one thing: what does your child try, and what does your child do "
            "when it does not work?"
        ),
    ),
    (
        "snack",
        "Snack",
        10,
        (
            "Sit down together. Children help as they can. Leave room for parents to talk with each other; listen for "
            "something that two families share. Ask: who has the food, who wipes hands, who keeps an eye on allergies?"
        ),
        "We eat together.",
    ),
    (
        "games",
        "Games",
        6,
        (
            "One or two songs or finger games for all ages, with the parent and child as a pair. Choose one from the "
            "families themselves. Rehearse how you offer it to a child who would sooner watch."
        ),
        "We play a game together. You may watch first.",
    ),
    (
        "closing-discussion",
        "Closing discussion",
        7,
        (
            "Come back to the guesses from the beginning. Ask parents what they saw, and what they would like to try at "
            "home. Let them plan the next time with you: a theme, a place, who brings what."
        ),
        "What did you see your child do? What would you like to try at home? What shall we do next time?",
    ),
    (
        "closing-song",
        "Closing song",
        3,
        (
            "The same song each time, so that children know what comes. Name everyone once more. After the rehearsal, "
            "ask: what do we change before the families come?"
        ),
        "We sing goodbye.",
    ),
)
