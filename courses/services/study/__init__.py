"""Studying a recorded session with a voucher (录播): its steps and questions, how far somebody is, and the end."""
