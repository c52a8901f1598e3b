"""志愿活动, announced and held."""
