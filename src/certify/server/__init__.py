"""The same screens for many people at once: over SSH and in a browser, in one process.

`node` opens the platform and keeps it alive; `ssh` and `web` are doors; behind each door a
`session` runs one app on one `terminal`; `hall` knows all sessions.
"""
