"""入会申请 from the public page."""
