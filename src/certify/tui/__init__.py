"""The screens: Textual only, no storage; they call services and show what these return."""
