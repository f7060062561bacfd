"""学员: registering, finding, correcting, merging and erasing learners."""
