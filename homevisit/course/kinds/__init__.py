"""One module for each type of question: what an author writes, and what a learner gives to it."""
