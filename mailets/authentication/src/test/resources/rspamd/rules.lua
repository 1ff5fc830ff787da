-- It wants some rule.
rspamd_config:register_symbol({ name = "NOTHING", callback = function() return false end })
