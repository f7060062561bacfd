"""The class desk (班级): the screens of college and school staff inside Wagtail's frame.

Plain views, not viewsets: Wagtail's generic views ask no one whose branch a thing lies in (docs/decisions/0022). Each
screen is made from the same few parts: `base` (who may come in), `listing` (a table with filters), `editing`
(a form), `showing` (one thing). What somebody may not see is a 404, everywhere.
"""
