"""The real databases and cache that the suite runs on, and how each worker gets a fresh copy of a database.

Migrating takes long, copying does not: a template is built once ("seeded": migrated and seeded, "demo": with
the demo content too), and each worker works on a copy of it, made anew after every test that commits.
"""
