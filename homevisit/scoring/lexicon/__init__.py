"""What the matcher knows of words; README.md says where each file comes from and under which licence."""
