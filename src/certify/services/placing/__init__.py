"""Where people are placed, who is away, who answers for a newcomer, who refuses onboarding."""
