"""What was decided: recognitions, attestations, awards, revocations; only added to."""
