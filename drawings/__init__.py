"""The course's own drawings: storyboards of the written scenes, and one animated scene made of the same parts."""
