"""Ways into the decisions beside day, month, kind and department: by county, by the law that they cite."""
