"""讲座, a share of activities."""
