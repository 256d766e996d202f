# bash completion for claribi. Made by scripts/check-generated from
# the table of commands. Change the table.

_claribi_is_command() {
  case $1 in
    'alias' | 'ask' | 'call' | 'catalog' | 'completion' | 'connect' | 'demo' | 'demo info' | 'demo load' | 'demo reset' | 'demo serve' | 'disconnect' | 'doctor' | 'help' | 'run' | 'sources' | 'sources list' | 'sources remove' | 'sources rename' | 'sources show' | 'sources use' | 'sources verify' | 'tools' | 'tools pin' | 'vault' | 'vault init' | 'vault restore' | 'vault rotate' | 'vault slot' | 'vault slot add' | 'vault slot change' | 'vault slot list' | 'vault slot rm' | 'vault status' | 'vault verify' | 'version') return 0 ;;
  esac
  return 1
}

# Whether the option takes the next word as its value.
_claribi_takes_value() {
  case $1 in
    'alias:--remove') return 0 ;;
    'ask:--engine') return 0 ;;
    'call:--args') return 0 ;;
    'connect:--name') return 0 ;;
    'connect:--region') return 0 ;;
    'connect:--organization') return 0 ;;
    'connect:--key-file') return 0 ;;
    'connect:--key-fd') return 0 ;;
    'demo serve:--port') return 0 ;;
    'tools pin:--update') return 0 ;;
    'vault slot add:--new-passphrase-fd') return 0 ;;
    'vault slot add:--new-key-file') return 0 ;;
    'vault slot add:--label') return 0 ;;
    'vault slot change:--new-passphrase-fd') return 0 ;;
    'vault slot change:--new-key-file') return 0 ;;
    *:--source) return 0 ;;
    *:--url) return 0 ;;
    *:--vendor) return 0 ;;
    *:--project) return 0 ;;
    *:--cacert) return 0 ;;
    *:--timeout) return 0 ;;
    *:--protocol) return 0 ;;
    *:--unlock-key-file) return 0 ;;
    *:--unlock-key-fd) return 0 ;;
    *:--passphrase-fd) return 0 ;;
    *:-f | *:--format) return 0 ;;
    *:-o | *:--output) return 0 ;;
    *:--jq) return 0 ;;
    *:--columns) return 0 ;;
    *:--limit) return 0 ;;
    *:--now) return 0 ;;
    *:--error-format) return 0 ;;
  esac
  return 1
}

_claribi_value() {
  COMPREPLY=()
  case $1 in
    'alias:--remove') : ;;
    'ask:--engine') _claribi_offer 'auto builtin' ;;
    'call:--args') : ;;
    'connect:--name') : ;;
    'connect:--region') : ;;
    'connect:--organization') : ;;
    'connect:--key-file') _claribi_files ;;
    'connect:--key-fd') : ;;
    'demo serve:--port') : ;;
    'tools pin:--update') _claribi_ask tool ;;
    'vault slot add:--new-passphrase-fd') : ;;
    'vault slot add:--new-key-file') _claribi_files ;;
    'vault slot add:--label') : ;;
    'vault slot change:--new-passphrase-fd') : ;;
    'vault slot change:--new-key-file') _claribi_files ;;
    *:--source) _claribi_ask source ;;
    *:--url) : ;;
    *:--vendor) _claribi_ask vendor ;;
    *:--project) : ;;
    *:--cacert) _claribi_files ;;
    *:--timeout) : ;;
    *:--protocol) _claribi_offer '2026-07-28 2025-11-25 2025-06-18 2025-03-26' ;;
    *:--unlock-key-file) _claribi_files ;;
    *:--unlock-key-fd) : ;;
    *:--passphrase-fd) : ;;
    *:-f | *:--format) _claribi_offer 'text json ndjson csv tsv markdown vega-lite svg raw' ;;
    *:-o | *:--output) _claribi_files ;;
    *:--jq) : ;;
    *:--columns) : ;;
    *:--limit) : ;;
    *:--now) : ;;
    *:--error-format) _claribi_offer 'text json' ;;
  esac
}

_claribi_options() {
  local own=''
  case $1 in
    'alias') own='--remove' ;;
    'ask') own='--plan --continue --engine' ;;
    'call') own='--args --all --allow' ;;
    'connect') own='--name --region --organization --key-stdin --key-file --key-fd' ;;
    'demo serve') own='--port' ;;
    'tools') own='--all' ;;
    'tools pin') own='--update' ;;
    'vault init') own='--key-file' ;;
    'vault rotate') own='--yes' ;;
    'vault slot add') own='--passphrase --new-passphrase-fd --new-key-file --label' ;;
    'vault slot change') own='--passphrase --new-passphrase-fd --new-key-file' ;;
  esac
  _claribi_offer "$own --source --url --vendor --project --allow-http-loopback --cacert --timeout --locked --protocol --unlock-key-file --unlock-key-fd --passphrase-fd -f --format -o --output --jq --columns --no-header --limit --now --no-input -q --quiet --error-format -h --help --version"
}

_claribi_words() {
  COMPREPLY=()
  case $1 in
    ':0') _claribi_offer 'alias ask call catalog completion connect demo disconnect doctor help run sources tools vault version' ;;
    'demo:0') _claribi_offer 'info load reset serve' ;;
    'sources:0') _claribi_offer 'list remove rename show use verify' ;;
    'vault:0') _claribi_offer 'init restore rotate slot status verify' ;;
    'vault slot:0') _claribi_offer 'add change list rm' ;;
    'call:0') _claribi_ask tool ;;
    'catalog:0') _claribi_ask vendor ;;
    'connect:0') _claribi_ask vendor ;;
    'demo load:0') _claribi_files ;;
    'disconnect:0') _claribi_ask source ;;
    'run:0') _claribi_files ;;
    'sources remove:0') _claribi_ask source ;;
    'sources rename:0') _claribi_ask source ;;
    'sources show:0') _claribi_ask source ;;
    'sources use:0') _claribi_ask source ;;
    'sources verify:0') _claribi_ask source ;;
    'tools:0') _claribi_ask tool 'pin' ;;
  esac
}

# Offers the words that begin like the current one.
_claribi_offer() {
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur")
}

# Names of that kind, and further words.
_claribi_ask() {
  _claribi_offer "${2-} $(claribi __complete "$1" 2>/dev/null)"
}

_claribi_files() {
  compopt -o filenames
  mapfile -t COMPREPLY < <(compgen -f -- "$cur")
}

_claribi() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
  local path='' place=0 i word
  # bash cuts --name=value at the sign.
  if [[ $cur == = ]]; then
    cur=''
  elif [[ $prev == = ]]; then
    prev=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ $word == -* ]]; then
      [[ ${COMP_WORDS[i + 1]} == = ]] && ((i++))
      _claribi_takes_value "$path:$word" && ((i++))
    elif ((place == 0)) && _claribi_is_command "${path:+$path }$word"; then
      path=${path:+$path }$word
    else
      ((place++))
    fi
  done
  if [[ $prev == -* ]] && _claribi_takes_value "$path:$prev"; then
    _claribi_value "$path:$prev"
  elif [[ $cur == -* ]]; then
    _claribi_options "$path"
  else
    _claribi_words "$path:$place"
  fi
}

complete -F _claribi claribi
