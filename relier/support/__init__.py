"""The daily work: requests, appointments and reception, interventions, procedures, steps."""
