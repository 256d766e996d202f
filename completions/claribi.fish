# fish completion for claribi. Made by scripts/check-generated from the
# table of commands. Change the table.

# Whether the words so far are that command.
function __claribi_at
    set -l takes_value --source --url --vendor --project --cacert --timeout --protocol --unlock-key-file --unlock-key-fd --passphrase-fd -f --format -o --output --jq --columns --limit --now --error-format
    set -l commands 'alias' 'ask' 'call' 'catalog' 'completion' 'connect' 'demo' 'demo info' 'demo load' 'demo reset' 'demo serve' 'disconnect' 'doctor' 'help' 'run' 'sources' 'sources list' 'sources remove' 'sources rename' 'sources show' 'sources use' 'sources verify' 'tools' 'tools pin' 'vault' 'vault init' 'vault restore' 'vault rotate' 'vault slot' 'vault slot add' 'vault slot change' 'vault slot list' 'vault slot rm' 'vault status' 'vault verify' 'version'
    set -l path ''
    set -l skip 0
    for word in (commandline -opc)[2..]
        set -l longer (string trim -- "$path $word")
        if test $skip = 1
            set skip 0
        else if contains -- $word $takes_value
            set skip 1
        else if string match -q -- '-*' $word
            continue
        else if contains -- $longer $commands
            set path $longer
        else
            break
        end
    end
    test "$path" = "$argv[1]"
end

complete -c claribi -f
complete -c claribi -l source -d 'Use that data source instead of the default one.' -r -x -a '(claribi __complete source 2>/dev/null)'
complete -c claribi -l url -d 'Use the MCP server at that address, without a stored source.' -r -x
complete -c claribi -l vendor -d 'What stands at --url: posthog, or mcp for any other server.' -r -x -a '(claribi __complete vendor 2>/dev/null)'
complete -c claribi -l project -d 'Ask about that project of the source.' -r -x
complete -c claribi -l allow-http-loopback -d 'Allow http:// for an address of this machine.'
complete -c claribi -l cacert -d 'Trust the certificates in that file and no others.' -r -F
complete -c claribi -l timeout -d 'Give up a request after that long; 120 if not said.' -r -x
complete -c claribi -l locked -d 'Call no tool that has changed since its server was connected.'
complete -c claribi -l protocol -d 'Speak that version of MCP and no other.' -x -a '2026-07-28 2025-11-25 2025-06-18 2025-03-26'
complete -c claribi -l unlock-key-file -d 'Open the vault with the key in that file.' -r -F
complete -c claribi -l unlock-key-fd -d 'Open the vault with the key that descriptor gives.' -r -x
complete -c claribi -l passphrase-fd -d 'Open the vault with the passphrase that descriptor gives.' -r -x
complete -c claribi -s f -l format -d 'Print in that format; text on a terminal and json elsewhere if not said.' -x -a 'text json ndjson csv tsv markdown vega-lite svg raw'
complete -c claribi -s o -l output -d 'Write there instead of standard output, whole or not at all.' -r -F
complete -c claribi -l jq -d 'Print what that program of jq makes of the json format; integers beyond 2^53 are rounded.' -r -x
complete -c claribi -l columns -d 'Print only those columns, in that order, with commas.' -r -x
complete -c claribi -l no-header -d 'Leave out the line of column names in csv and tsv.'
complete -c claribi -l limit -d 'Print at most that many rows.' -r -x
complete -c claribi -l now -d 'Take that ISO time for now.' -r -x
complete -c claribi -l no-input -d 'Never ask; fail where an answer is needed.'
complete -c claribi -s q -l quiet -d 'Print no notes on standard error, only errors.'
complete -c claribi -l error-format -d 'Print errors as text or as one line of json.' -x -a 'text json'
complete -c claribi -s h -l help -d 'Explain the command and exit.'
complete -c claribi -l version -d 'Print the version and exit.'
complete -c claribi -n '__claribi_at \'\'' -a 'alias ask call catalog completion connect demo disconnect doctor help run sources tools vault version'
complete -c claribi -n '__claribi_at \'demo\'' -a 'info load reset serve'
complete -c claribi -n '__claribi_at \'sources\'' -a 'list remove rename show use verify'
complete -c claribi -n '__claribi_at \'tools\'' -a 'pin'
complete -c claribi -n '__claribi_at \'vault\'' -a 'init restore rotate slot status verify'
complete -c claribi -n '__claribi_at \'vault slot\'' -a 'add change list rm'
complete -c claribi -n '__claribi_at \'alias\'' -l remove -d 'Forget the alias of those words.' -r -x
complete -c claribi -n '__claribi_at \'ask\'' -l plan -d 'Print the plan and the calls it would make, and stop.'
complete -c claribi -n '__claribi_at \'ask\'' -l continue -d 'Let the question go on from the last one of this source: "now by country", "same for last month".'
complete -c claribi -n '__claribi_at \'ask\'' -l engine -d 'What reads the question: builtin, the rules of this program, or auto, which is the same.' -x -a 'auto builtin'
complete -c claribi -n '__claribi_at \'call\'' -l args -d 'Start from that JSON object; @FILE or - reads it.' -r -x
complete -c claribi -n '__claribi_at \'call\'' -l all -d 'Fetch every page of a list, not only the first.'
complete -c claribi -n '__claribi_at \'call\'' -l allow -d 'Call the tool although its server does not call it read-only; never for PostHog.'
complete -c claribi -n '__claribi_at \'call\'' -x -a '(claribi __complete tool 2>/dev/null)'
complete -c claribi -n '__claribi_at \'catalog\'' -x -a '(claribi __complete vendor 2>/dev/null)'
complete -c claribi -n '__claribi_at \'connect\'' -l name -d 'Call the source that instead of by its vendor.' -r -x
complete -c claribi -n '__claribi_at \'connect\'' -l region -d 'The region of the account, us or eu; found out by the key if not said.' -r -x
complete -c claribi -n '__claribi_at \'connect\'' -l organization -d 'Ask about that organization of the account.' -r -x
complete -c claribi -n '__claribi_at \'connect\'' -l key-stdin -d 'Read the API key from standard input.'
complete -c claribi -n '__claribi_at \'connect\'' -l key-file -d 'Read the API key from that file.' -r -F
complete -c claribi -n '__claribi_at \'connect\'' -l key-fd -d 'Read the API key from that file descriptor.' -r -x
complete -c claribi -n '__claribi_at \'connect\'' -x -a '(claribi __complete vendor 2>/dev/null)'
complete -c claribi -n '__claribi_at \'demo load\'' -F
complete -c claribi -n '__claribi_at \'demo serve\'' -l port -d 'The port of 127.0.0.1, 8737 by default; 0 takes any free one.' -r -x
complete -c claribi -n '__claribi_at \'disconnect\'' -x -a '(claribi __complete source 2>/dev/null)'
complete -c claribi -n '__claribi_at \'run\'' -F
complete -c claribi -n '__claribi_at \'sources remove\'' -x -a '(claribi __complete source 2>/dev/null)'
complete -c claribi -n '__claribi_at \'sources rename\'' -x -a '(claribi __complete source 2>/dev/null)'
complete -c claribi -n '__claribi_at \'sources show\'' -x -a '(claribi __complete source 2>/dev/null)'
complete -c claribi -n '__claribi_at \'sources use\'' -x -a '(claribi __complete source 2>/dev/null)'
complete -c claribi -n '__claribi_at \'sources verify\'' -x -a '(claribi __complete source 2>/dev/null)'
complete -c claribi -n '__claribi_at \'tools\'' -l all -d 'List also the tools that are not offered, and why.'
complete -c claribi -n '__claribi_at \'tools\'' -x -a '(claribi __complete tool 2>/dev/null)'
complete -c claribi -n '__claribi_at \'tools pin\'' -l update -d 'Accept that tool as it is now.' -r -x -a '(claribi __complete tool 2>/dev/null)'
complete -c claribi -n '__claribi_at \'vault init\'' -l key-file -d 'Make a key file instead of asking for a passphrase.'
complete -c claribi -n '__claribi_at \'vault rotate\'' -l yes -d 'Drop the other slots without asking.'
complete -c claribi -n '__claribi_at \'vault slot add\'' -l passphrase -d 'Ask for the new passphrase on the terminal.'
complete -c claribi -n '__claribi_at \'vault slot add\'' -l new-passphrase-fd -d 'Take the new passphrase that descriptor gives.' -r -x
complete -c claribi -n '__claribi_at \'vault slot add\'' -l new-key-file -d 'Take the key in that file, which is made if there is none.' -r -F
complete -c claribi -n '__claribi_at \'vault slot add\'' -l label -d 'Call the slot that.' -r -x
complete -c claribi -n '__claribi_at \'vault slot change\'' -l passphrase -d 'Ask for the new passphrase on the terminal.'
complete -c claribi -n '__claribi_at \'vault slot change\'' -l new-passphrase-fd -d 'Take the new passphrase that descriptor gives.' -r -x
complete -c claribi -n '__claribi_at \'vault slot change\'' -l new-key-file -d 'Take the key in that file, which is made if there is none.' -r -F
