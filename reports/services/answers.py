"""Why a finding stands, kept with the draft."""
