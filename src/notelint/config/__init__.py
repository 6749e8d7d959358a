"""The configuration: found, validated, layered; and which rules it turns on."""
