rspamd_config:register_symbol({
  name = 'OWN_RULE', score = 7.0, group = 'own',
  callback = function(task)
    local subject = task:get_subject() or ''
    if subject == 'headers' then
      task:set_milter_reply({
        remove_headers = { ['X-Old'] = 0 },
        add_headers = { ['X-New'] = { value = 'one', order = 0 }, ['X-Last'] = 'two' },
      })
    elseif subject == 'later' then
      task:set_pre_result('soft reject', 'come again', 'own')
    elseif subject == 'spam' then
      return true
    elseif subject == 'rewrite' then
      task:set_metric_subject('[SPAM] rewrite')
      task:set_pre_result('rewrite subject', 'subject', 'own')
    elseif subject == 'who' then
      task:set_milter_reply({ add_headers = { ['X-Who'] = table.concat({
        tostring(task:get_from_ip()), task:get_helo() or '', task:get_user() or '-',
        task:get_from('smtp')[1].addr, task:get_recipients('smtp')[1].addr, task:get_queue_id() }, ' ') } })
    end
    return false
  end
})
