"""Course content as it stands in files: questions, answer keys, syllabus, media."""
