"""志愿服务组织 and who belongs to them."""
