# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_landfall_global_optspecs
    string join \n q/quiet v/verbose color= b/batch-mode no-start h/help V/version
end

function __fish_landfall_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_landfall_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_landfall_using_subcommand
    set -l cmd (__fish_landfall_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c landfall -n "__fish_landfall_needs_command" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_needs_command" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_needs_command" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_needs_command" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_needs_command" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_needs_command" -s V -l version -d 'Print version'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "apply" -d 'Make an environment what its repository says, now'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "changelog" -d 'Print what is in a release, as Markdown'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "completion" -d 'Print the script that completes landfall\'s commands in a shell'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "config" -d 'Show the settings'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "create" -d 'Make an app or an environment'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "demo" -d 'Tell the whole story on a sample app, in a scratch folder, in about a minute'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "dependency" -d 'Manage the dependencies of a chart exactly as helm dependency does'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "dep" -d 'Manage the dependencies of a chart exactly as helm dependency does'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "describe" -d 'Show one object in full'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "detect" -d 'Say which pack fits a repository, and why'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "down" -d 'End the local platform with all apps'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "edit" -d 'Change how the app is deployed'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "explain" -d 'Say what an error code means and what to do'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "gc" -d 'Remove what is kept only for a while'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "get" -d 'List objects'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "import" -d 'Import a repository: build pack, chart, pipelines, and its first release'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "logs" -d 'Print the logs of a run\'s steps'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "next-version" -d 'Print the version of the next release'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "pack" -d 'Check and test packs, for those who write them'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "step" -d 'Do one step of a pipeline'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "serve" -d 'Run the local platform in the foreground'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "serve-static" -d 'Serve the files of a folder over HTTP, as an app of the local platform does'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "start" -d 'Start something: a pipeline'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "status" -d 'Show what runs on the local platform'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "stop" -d 'Stop something that runs: a pipeline'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "up" -d 'Start the local platform in the background'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "upgrade" -d 'Bring something up to date: the pack of a repository'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "render" -d 'Render a chart to the documents that would be applied'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "lint" -d 'Check charts as helm lint does, and for what it does not say'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "template" -d 'Render a chart exactly as helm template does'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "promote" -d 'Bring a release into an environment, by a pull request'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "version" -d 'Print the version'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "watch" -d 'Watch one activity until it ends'
complete -c landfall -n "__fish_landfall_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c landfall -n "__fish_landfall_using_subcommand apply" -l commit -d 'A commit of its repository; without it the newest' -r
complete -c landfall -n "__fish_landfall_using_subcommand apply" -l timeout -d 'How long to wait, in seconds' -r
complete -c landfall -n "__fish_landfall_using_subcommand apply" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand apply" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand apply" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand apply" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand apply" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand apply" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand apply" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand changelog" -l version -d 'What to call the release (default: the current commit\'s version, else "Unreleased")' -r
complete -c landfall -n "__fish_landfall_using_subcommand changelog" -l dir -d 'The repository (default: the current folder)' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand changelog" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand changelog" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand changelog" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand changelog" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand changelog" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand changelog" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand changelog" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand completion" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand completion" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand completion" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand completion" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand completion" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand completion" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand config; and not __fish_seen_subcommand_from view help" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand config; and not __fish_seen_subcommand_from view help" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand config; and not __fish_seen_subcommand_from view help" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand config; and not __fish_seen_subcommand_from view help" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand config; and not __fish_seen_subcommand_from view help" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand config; and not __fish_seen_subcommand_from view help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand config; and not __fish_seen_subcommand_from view help" -f -a "view" -d 'Print every setting'
complete -c landfall -n "__fish_landfall_using_subcommand config; and not __fish_seen_subcommand_from view help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c landfall -n "__fish_landfall_using_subcommand config; and __fish_seen_subcommand_from view" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand config; and __fish_seen_subcommand_from view" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand config; and __fish_seen_subcommand_from view" -l show-origin -d 'Say where each value comes from'
complete -c landfall -n "__fish_landfall_using_subcommand config; and __fish_seen_subcommand_from view" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand config; and __fish_seen_subcommand_from view" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand config; and __fish_seen_subcommand_from view" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand config; and __fish_seen_subcommand_from view" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand config; and __fish_seen_subcommand_from view" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "view" -d 'Print every setting'
complete -c landfall -n "__fish_landfall_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c landfall -n "__fish_landfall_using_subcommand create; and not __fish_seen_subcommand_from environment env quickstart qs pack help" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand create; and not __fish_seen_subcommand_from environment env quickstart qs pack help" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand create; and not __fish_seen_subcommand_from environment env quickstart qs pack help" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand create; and not __fish_seen_subcommand_from environment env quickstart qs pack help" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand create; and not __fish_seen_subcommand_from environment env quickstart qs pack help" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand create; and not __fish_seen_subcommand_from environment env quickstart qs pack help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand create; and not __fish_seen_subcommand_from environment env quickstart qs pack help" -f -a "environment" -d 'An environment and its repository'
complete -c landfall -n "__fish_landfall_using_subcommand create; and not __fish_seen_subcommand_from environment env quickstart qs pack help" -f -a "env" -d 'An environment and its repository'
complete -c landfall -n "__fish_landfall_using_subcommand create; and not __fish_seen_subcommand_from environment env quickstart qs pack help" -f -a "quickstart" -d 'A new app from a sample or from a repository'
complete -c landfall -n "__fish_landfall_using_subcommand create; and not __fish_seen_subcommand_from environment env quickstart qs pack help" -f -a "qs" -d 'A new app from a sample or from a repository'
complete -c landfall -n "__fish_landfall_using_subcommand create; and not __fish_seen_subcommand_from environment env quickstart qs pack help" -f -a "pack" -d 'A pack that works, to be changed into one\'s own'
complete -c landfall -n "__fish_landfall_using_subcommand create; and not __fish_seen_subcommand_from environment env quickstart qs pack help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from environment" -l repo -d 'The path or the address of its repository (default: ORG/environment-NAME on the local forge)' -r
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from environment" -l dir -d 'Its folder in the repository' -r
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from environment" -l order -d 'Where it stands among the others; promotions go upwards' -r
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from environment" -l promote -d 'Who decides: Auto (checks), Manual (a person), Never' -r
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from environment" -l namespace -d 'The namespace of its apps (default: its name)' -r
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from environment" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from environment" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from environment" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from environment" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from environment" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from environment" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from environment" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from env" -l repo -d 'The path or the address of its repository (default: ORG/environment-NAME on the local forge)' -r
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from env" -l dir -d 'Its folder in the repository' -r
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from env" -l order -d 'Where it stands among the others; promotions go upwards' -r
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from env" -l promote -d 'Who decides: Auto (checks), Manual (a person), Never' -r
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from env" -l namespace -d 'The namespace of its apps (default: its name)' -r
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from env" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from env" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from env" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from env" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from env" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from env" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from env" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from quickstart" -l from -d 'Take the files of a repository instead, at a branch, a tag or a commit' -r
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from quickstart" -s p -l project-name -l name -d 'Call the app and its folder so (default: NAME-quickstart, or the repository\'s name)' -r
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from quickstart" -l org -d 'The owner of the repository on the forge' -r
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from quickstart" -l pack -d 'Use this pack instead of the detected one' -r
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from quickstart" -l dir -d 'The folder that the new one is made in (default: the current one)' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from quickstart" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from quickstart" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from quickstart" -l dry-run -d 'Say what would be made and change nothing anywhere'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from quickstart" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from quickstart" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from quickstart" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from quickstart" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from quickstart" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from qs" -l from -d 'Take the files of a repository instead, at a branch, a tag or a commit' -r
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from qs" -s p -l project-name -l name -d 'Call the app and its folder so (default: NAME-quickstart, or the repository\'s name)' -r
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from qs" -l org -d 'The owner of the repository on the forge' -r
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from qs" -l pack -d 'Use this pack instead of the detected one' -r
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from qs" -l dir -d 'The folder that the new one is made in (default: the current one)' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from qs" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from qs" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from qs" -l dry-run -d 'Say what would be made and change nothing anywhere'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from qs" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from qs" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from qs" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from qs" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from qs" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from pack" -l dir -d 'The folder (default: one of that name)' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from pack" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from pack" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from pack" -l dry-run -d 'Say what would be written and write nothing'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from pack" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from pack" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from pack" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from pack" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from pack" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from help" -f -a "environment" -d 'An environment and its repository'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from help" -f -a "quickstart" -d 'A new app from a sample or from a repository'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from help" -f -a "pack" -d 'A pack that works, to be changed into one\'s own'
complete -c landfall -n "__fish_landfall_using_subcommand create; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c landfall -n "__fish_landfall_using_subcommand demo" -l sample -d 'The sample app (default: the first whose tools are installed)' -r -f -a "rust\t''
go\t''
javascript\t''
python\t''
cpp\t''
ruby\t''
php\t''
typescript\t''
maven\t''
gradle\t''
static\t''"
complete -c landfall -n "__fish_landfall_using_subcommand demo" -l load -d 'How long the load lasts, in seconds' -r
complete -c landfall -n "__fish_landfall_using_subcommand demo" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand demo" -l keep -d 'Leave the scratch folder where it is'
complete -c landfall -n "__fish_landfall_using_subcommand demo" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand demo" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand demo" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand demo" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand demo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and not __fish_seen_subcommand_from build list ls update up help" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and not __fish_seen_subcommand_from build list ls update up help" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and not __fish_seen_subcommand_from build list ls update up help" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and not __fish_seen_subcommand_from build list ls update up help" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and not __fish_seen_subcommand_from build list ls update up help" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and not __fish_seen_subcommand_from build list ls update up help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and not __fish_seen_subcommand_from build list ls update up help" -f -a "build" -d 'Rebuild charts/ from the lock file'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and not __fish_seen_subcommand_from build list ls update up help" -f -a "list" -d 'List the dependencies of a chart and what charts/ holds of them'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and not __fish_seen_subcommand_from build list ls update up help" -f -a "ls" -d 'List the dependencies of a chart and what charts/ holds of them'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and not __fish_seen_subcommand_from build list ls update up help" -f -a "update" -d 'Resolve the dependencies of a chart anew and bring charts/ up to date'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and not __fish_seen_subcommand_from build list ls update up help" -f -a "up" -d 'Resolve the dependencies of a chart anew and bring charts/ up to date'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and not __fish_seen_subcommand_from build list ls update up help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from build" -l username -d 'Name for the registry' -r
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from build" -l password -d 'Password for the registry' -r
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from build" -l ca-file -d 'Certificates to trust instead of the system\'s, for the registry' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from build" -l cert-file -d 'Certificate to show to the registry' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from build" -l key-file -d 'Key of --cert-file' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from build" -l repository-config -d 'Helm\'s file of repositories' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from build" -l registry-config -d 'Helm\'s file of logins for registries' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from build" -l repository-cache -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from build" -l content-cache -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from build" -s n -l namespace -r
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from build" -l kubeconfig -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from build" -l kube-context -r
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from build" -l keyring -d 'The public keys for --verify [default: pubring.gpg of gpg, else pubring.kbx]' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from build" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from build" -l skip-refresh -d 'Take the indexes that were fetched before'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from build" -l insecure-skip-tls-verify -d 'Do not check the registry\'s certificate'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from build" -l plain-http -d 'Speak http with the registry'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from build" -l debug
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from build" -l verify -d 'Check the packages against their signatures'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from build" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from build" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from build" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from build" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from build" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from list" -l max-col-width -d 'The widest that a column may be; 0 is without limit' -r
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from list" -l repository-cache -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from list" -l content-cache -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from list" -s n -l namespace -r
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from list" -l kubeconfig -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from list" -l kube-context -r
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from list" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from list" -l debug
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from list" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from list" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from ls" -l max-col-width -d 'The widest that a column may be; 0 is without limit' -r
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from ls" -l repository-cache -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from ls" -l content-cache -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from ls" -s n -l namespace -r
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from ls" -l kubeconfig -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from ls" -l kube-context -r
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from ls" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from ls" -l debug
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from ls" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from ls" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from update" -l username -d 'Name for the registry' -r
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from update" -l password -d 'Password for the registry' -r
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from update" -l ca-file -d 'Certificates to trust instead of the system\'s, for the registry' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from update" -l cert-file -d 'Certificate to show to the registry' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from update" -l key-file -d 'Key of --cert-file' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from update" -l repository-config -d 'Helm\'s file of repositories' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from update" -l registry-config -d 'Helm\'s file of logins for registries' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from update" -l repository-cache -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from update" -l content-cache -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from update" -s n -l namespace -r
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from update" -l kubeconfig -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from update" -l kube-context -r
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from update" -l keyring -d 'The public keys for --verify [default: pubring.gpg of gpg, else pubring.kbx]' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from update" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from update" -l skip-refresh -d 'Take the indexes that were fetched before'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from update" -l insecure-skip-tls-verify -d 'Do not check the registry\'s certificate'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from update" -l plain-http -d 'Speak http with the registry'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from update" -l debug
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from update" -l verify -d 'Check the packages against their signatures'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from update" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from update" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from update" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from update" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from up" -l username -d 'Name for the registry' -r
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from up" -l password -d 'Password for the registry' -r
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from up" -l ca-file -d 'Certificates to trust instead of the system\'s, for the registry' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from up" -l cert-file -d 'Certificate to show to the registry' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from up" -l key-file -d 'Key of --cert-file' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from up" -l repository-config -d 'Helm\'s file of repositories' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from up" -l registry-config -d 'Helm\'s file of logins for registries' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from up" -l repository-cache -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from up" -l content-cache -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from up" -s n -l namespace -r
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from up" -l kubeconfig -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from up" -l kube-context -r
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from up" -l keyring -d 'The public keys for --verify [default: pubring.gpg of gpg, else pubring.kbx]' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from up" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from up" -l skip-refresh -d 'Take the indexes that were fetched before'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from up" -l insecure-skip-tls-verify -d 'Do not check the registry\'s certificate'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from up" -l plain-http -d 'Speak http with the registry'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from up" -l debug
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from up" -l verify -d 'Check the packages against their signatures'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from up" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from up" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from up" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from up" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from up" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from help" -f -a "build" -d 'Rebuild charts/ from the lock file'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the dependencies of a chart and what charts/ holds of them'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from help" -f -a "update" -d 'Resolve the dependencies of a chart anew and bring charts/ up to date'
complete -c landfall -n "__fish_landfall_using_subcommand dependency; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and not __fish_seen_subcommand_from build list ls update up help" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand dep; and not __fish_seen_subcommand_from build list ls update up help" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and not __fish_seen_subcommand_from build list ls update up help" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and not __fish_seen_subcommand_from build list ls update up help" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and not __fish_seen_subcommand_from build list ls update up help" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and not __fish_seen_subcommand_from build list ls update up help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and not __fish_seen_subcommand_from build list ls update up help" -f -a "build" -d 'Rebuild charts/ from the lock file'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and not __fish_seen_subcommand_from build list ls update up help" -f -a "list" -d 'List the dependencies of a chart and what charts/ holds of them'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and not __fish_seen_subcommand_from build list ls update up help" -f -a "ls" -d 'List the dependencies of a chart and what charts/ holds of them'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and not __fish_seen_subcommand_from build list ls update up help" -f -a "update" -d 'Resolve the dependencies of a chart anew and bring charts/ up to date'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and not __fish_seen_subcommand_from build list ls update up help" -f -a "up" -d 'Resolve the dependencies of a chart anew and bring charts/ up to date'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and not __fish_seen_subcommand_from build list ls update up help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from build" -l username -d 'Name for the registry' -r
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from build" -l password -d 'Password for the registry' -r
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from build" -l ca-file -d 'Certificates to trust instead of the system\'s, for the registry' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from build" -l cert-file -d 'Certificate to show to the registry' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from build" -l key-file -d 'Key of --cert-file' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from build" -l repository-config -d 'Helm\'s file of repositories' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from build" -l registry-config -d 'Helm\'s file of logins for registries' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from build" -l repository-cache -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from build" -l content-cache -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from build" -s n -l namespace -r
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from build" -l kubeconfig -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from build" -l kube-context -r
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from build" -l keyring -d 'The public keys for --verify [default: pubring.gpg of gpg, else pubring.kbx]' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from build" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from build" -l skip-refresh -d 'Take the indexes that were fetched before'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from build" -l insecure-skip-tls-verify -d 'Do not check the registry\'s certificate'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from build" -l plain-http -d 'Speak http with the registry'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from build" -l debug
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from build" -l verify -d 'Check the packages against their signatures'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from build" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from build" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from build" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from build" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from build" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from list" -l max-col-width -d 'The widest that a column may be; 0 is without limit' -r
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from list" -l repository-cache -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from list" -l content-cache -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from list" -s n -l namespace -r
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from list" -l kubeconfig -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from list" -l kube-context -r
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from list" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from list" -l debug
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from list" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from list" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from ls" -l max-col-width -d 'The widest that a column may be; 0 is without limit' -r
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from ls" -l repository-cache -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from ls" -l content-cache -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from ls" -s n -l namespace -r
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from ls" -l kubeconfig -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from ls" -l kube-context -r
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from ls" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from ls" -l debug
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from ls" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from ls" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from update" -l username -d 'Name for the registry' -r
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from update" -l password -d 'Password for the registry' -r
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from update" -l ca-file -d 'Certificates to trust instead of the system\'s, for the registry' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from update" -l cert-file -d 'Certificate to show to the registry' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from update" -l key-file -d 'Key of --cert-file' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from update" -l repository-config -d 'Helm\'s file of repositories' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from update" -l registry-config -d 'Helm\'s file of logins for registries' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from update" -l repository-cache -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from update" -l content-cache -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from update" -s n -l namespace -r
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from update" -l kubeconfig -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from update" -l kube-context -r
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from update" -l keyring -d 'The public keys for --verify [default: pubring.gpg of gpg, else pubring.kbx]' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from update" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from update" -l skip-refresh -d 'Take the indexes that were fetched before'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from update" -l insecure-skip-tls-verify -d 'Do not check the registry\'s certificate'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from update" -l plain-http -d 'Speak http with the registry'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from update" -l debug
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from update" -l verify -d 'Check the packages against their signatures'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from update" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from update" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from update" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from update" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from up" -l username -d 'Name for the registry' -r
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from up" -l password -d 'Password for the registry' -r
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from up" -l ca-file -d 'Certificates to trust instead of the system\'s, for the registry' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from up" -l cert-file -d 'Certificate to show to the registry' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from up" -l key-file -d 'Key of --cert-file' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from up" -l repository-config -d 'Helm\'s file of repositories' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from up" -l registry-config -d 'Helm\'s file of logins for registries' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from up" -l repository-cache -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from up" -l content-cache -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from up" -s n -l namespace -r
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from up" -l kubeconfig -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from up" -l kube-context -r
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from up" -l keyring -d 'The public keys for --verify [default: pubring.gpg of gpg, else pubring.kbx]' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from up" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from up" -l skip-refresh -d 'Take the indexes that were fetched before'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from up" -l insecure-skip-tls-verify -d 'Do not check the registry\'s certificate'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from up" -l plain-http -d 'Speak http with the registry'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from up" -l debug
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from up" -l verify -d 'Check the packages against their signatures'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from up" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from up" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from up" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from up" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from up" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from help" -f -a "build" -d 'Rebuild charts/ from the lock file'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the dependencies of a chart and what charts/ holds of them'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from help" -f -a "update" -d 'Resolve the dependencies of a chart anew and bring charts/ up to date'
complete -c landfall -n "__fish_landfall_using_subcommand dep; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c landfall -n "__fish_landfall_using_subcommand describe; and not __fish_seen_subcommand_from pack packs help" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand describe; and not __fish_seen_subcommand_from pack packs help" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand describe; and not __fish_seen_subcommand_from pack packs help" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand describe; and not __fish_seen_subcommand_from pack packs help" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand describe; and not __fish_seen_subcommand_from pack packs help" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand describe; and not __fish_seen_subcommand_from pack packs help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand describe; and not __fish_seen_subcommand_from pack packs help" -f -a "pack" -d 'A pack: what it writes, its variables, its parents'
complete -c landfall -n "__fish_landfall_using_subcommand describe; and not __fish_seen_subcommand_from pack packs help" -f -a "packs" -d 'A pack: what it writes, its variables, its parents'
complete -c landfall -n "__fish_landfall_using_subcommand describe; and not __fish_seen_subcommand_from pack packs help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c landfall -n "__fish_landfall_using_subcommand describe; and __fish_seen_subcommand_from pack" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand describe; and __fish_seen_subcommand_from pack" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand describe; and __fish_seen_subcommand_from pack" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand describe; and __fish_seen_subcommand_from pack" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand describe; and __fish_seen_subcommand_from pack" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand describe; and __fish_seen_subcommand_from pack" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand describe; and __fish_seen_subcommand_from pack" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand describe; and __fish_seen_subcommand_from packs" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand describe; and __fish_seen_subcommand_from packs" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand describe; and __fish_seen_subcommand_from packs" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand describe; and __fish_seen_subcommand_from packs" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand describe; and __fish_seen_subcommand_from packs" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand describe; and __fish_seen_subcommand_from packs" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand describe; and __fish_seen_subcommand_from packs" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand describe; and __fish_seen_subcommand_from help" -f -a "pack" -d 'A pack: what it writes, its variables, its parents'
complete -c landfall -n "__fish_landfall_using_subcommand describe; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c landfall -n "__fish_landfall_using_subcommand detect" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand detect" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand detect" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand detect" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand detect" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand detect" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand detect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand down" -l timeout -d 'How long to wait for the end, in seconds' -r
complete -c landfall -n "__fish_landfall_using_subcommand down" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand down" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand down" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand down" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand down" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand down" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand edit; and not __fish_seen_subcommand_from deploy deployment help" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand edit; and not __fish_seen_subcommand_from deploy deployment help" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand edit; and not __fish_seen_subcommand_from deploy deployment help" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand edit; and not __fish_seen_subcommand_from deploy deployment help" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand edit; and not __fish_seen_subcommand_from deploy deployment help" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand edit; and not __fish_seen_subcommand_from deploy deployment help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand edit; and not __fish_seen_subcommand_from deploy deployment help" -f -a "deploy" -d 'How the app is deployed: knative, default or hpa'
complete -c landfall -n "__fish_landfall_using_subcommand edit; and not __fish_seen_subcommand_from deploy deployment help" -f -a "deployment" -d 'How the app is deployed: knative, default or hpa'
complete -c landfall -n "__fish_landfall_using_subcommand edit; and not __fish_seen_subcommand_from deploy deployment help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from deploy" -s k -l kind -d 'The same, as jx takes it' -r -f -a "knative\t'A Knative Service, asleep when idle'
default\t'A Deployment, always there'
hpa\t'A Deployment with an autoscaler'"
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from deploy" -l min-replicas -d 'The least number of replicas (hpa)' -r
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from deploy" -l max-replicas -d 'The most replicas (hpa)' -r
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from deploy" -l chart -d 'The chart\'s folder (default: the app\'s)' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from deploy" -l dir -d 'The repository (default: the current folder)' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from deploy" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from deploy" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from deploy" -l commit -d 'Commit the file, and only it'
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from deploy" -l dry-run -d 'Show the difference and change nothing'
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from deploy" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from deploy" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from deploy" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from deploy" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from deploy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from deployment" -s k -l kind -d 'The same, as jx takes it' -r -f -a "knative\t'A Knative Service, asleep when idle'
default\t'A Deployment, always there'
hpa\t'A Deployment with an autoscaler'"
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from deployment" -l min-replicas -d 'The least number of replicas (hpa)' -r
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from deployment" -l max-replicas -d 'The most replicas (hpa)' -r
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from deployment" -l chart -d 'The chart\'s folder (default: the app\'s)' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from deployment" -l dir -d 'The repository (default: the current folder)' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from deployment" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from deployment" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from deployment" -l commit -d 'Commit the file, and only it'
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from deployment" -l dry-run -d 'Show the difference and change nothing'
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from deployment" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from deployment" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from deployment" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from deployment" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from deployment" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from help" -f -a "deploy" -d 'How the app is deployed: knative, default or hpa'
complete -c landfall -n "__fish_landfall_using_subcommand edit; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c landfall -n "__fish_landfall_using_subcommand explain" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand explain" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand explain" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand explain" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand explain" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and not __fish_seen_subcommand_from activities activity act help" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand gc; and not __fish_seen_subcommand_from activities activity act help" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and not __fish_seen_subcommand_from activities activity act help" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and not __fish_seen_subcommand_from activities activity act help" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and not __fish_seen_subcommand_from activities activity act help" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and not __fish_seen_subcommand_from activities activity act help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and not __fish_seen_subcommand_from activities activity act help" -f -a "activities" -d 'Old runs with their logs'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and not __fish_seen_subcommand_from activities activity act help" -f -a "activity" -d 'Old runs with their logs'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and not __fish_seen_subcommand_from activities activity act help" -f -a "act" -d 'Old runs with their logs'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and not __fish_seen_subcommand_from activities activity act help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from activities" -l keep -d 'How many runs of each pipeline to keep' -r
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from activities" -l older-than -d 'Only runs that ended more than so many days ago' -r
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from activities" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from activities" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from activities" -l dry-run -d 'Only say what would be removed'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from activities" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from activities" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from activities" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from activities" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from activities" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from activity" -l keep -d 'How many runs of each pipeline to keep' -r
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from activity" -l older-than -d 'Only runs that ended more than so many days ago' -r
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from activity" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from activity" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from activity" -l dry-run -d 'Only say what would be removed'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from activity" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from activity" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from activity" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from activity" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from activity" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from act" -l keep -d 'How many runs of each pipeline to keep' -r
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from act" -l older-than -d 'Only runs that ended more than so many days ago' -r
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from act" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from act" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from act" -l dry-run -d 'Only say what would be removed'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from act" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from act" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from act" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from act" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from act" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from help" -f -a "activities" -d 'Old runs with their logs'
complete -c landfall -n "__fish_landfall_using_subcommand gc; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c landfall -n "__fish_landfall_using_subcommand get; and not __fish_seen_subcommand_from activities activity act applications application app apps environments environment env packs pack pipelines pipeline help" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and not __fish_seen_subcommand_from activities activity act applications application app apps environments environment env packs pack pipelines pipeline help" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand get; and not __fish_seen_subcommand_from activities activity act applications application app apps environments environment env packs pack pipelines pipeline help" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand get; and not __fish_seen_subcommand_from activities activity act applications application app apps environments environment env packs pack pipelines pipeline help" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand get; and not __fish_seen_subcommand_from activities activity act applications application app apps environments environment env packs pack pipelines pipeline help" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand get; and not __fish_seen_subcommand_from activities activity act applications application app apps environments environment env packs pack pipelines pipeline help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand get; and not __fish_seen_subcommand_from activities activity act applications application app apps environments environment env packs pack pipelines pipeline help" -f -a "activities" -d 'Pipeline runs and promotions with their stages and steps'
complete -c landfall -n "__fish_landfall_using_subcommand get; and not __fish_seen_subcommand_from activities activity act applications application app apps environments environment env packs pack pipelines pipeline help" -f -a "activity" -d 'Pipeline runs and promotions with their stages and steps'
complete -c landfall -n "__fish_landfall_using_subcommand get; and not __fish_seen_subcommand_from activities activity act applications application app apps environments environment env packs pack pipelines pipeline help" -f -a "act" -d 'Pipeline runs and promotions with their stages and steps'
complete -c landfall -n "__fish_landfall_using_subcommand get; and not __fish_seen_subcommand_from activities activity act applications application app apps environments environment env packs pack pipelines pipeline help" -f -a "applications" -d 'The apps in each environment: version, instances, and where they answer'
complete -c landfall -n "__fish_landfall_using_subcommand get; and not __fish_seen_subcommand_from activities activity act applications application app apps environments environment env packs pack pipelines pipeline help" -f -a "application" -d 'The apps in each environment: version, instances, and where they answer'
complete -c landfall -n "__fish_landfall_using_subcommand get; and not __fish_seen_subcommand_from activities activity act applications application app apps environments environment env packs pack pipelines pipeline help" -f -a "app" -d 'The apps in each environment: version, instances, and where they answer'
complete -c landfall -n "__fish_landfall_using_subcommand get; and not __fish_seen_subcommand_from activities activity act applications application app apps environments environment env packs pack pipelines pipeline help" -f -a "apps" -d 'The apps in each environment: version, instances, and where they answer'
complete -c landfall -n "__fish_landfall_using_subcommand get; and not __fish_seen_subcommand_from activities activity act applications application app apps environments environment env packs pack pipelines pipeline help" -f -a "environments" -d 'The environments, in the order of promotion'
complete -c landfall -n "__fish_landfall_using_subcommand get; and not __fish_seen_subcommand_from activities activity act applications application app apps environments environment env packs pack pipelines pipeline help" -f -a "environment" -d 'The environments, in the order of promotion'
complete -c landfall -n "__fish_landfall_using_subcommand get; and not __fish_seen_subcommand_from activities activity act applications application app apps environments environment env packs pack pipelines pipeline help" -f -a "env" -d 'The environments, in the order of promotion'
complete -c landfall -n "__fish_landfall_using_subcommand get; and not __fish_seen_subcommand_from activities activity act applications application app apps environments environment env packs pack pipelines pipeline help" -f -a "packs" -d 'The packs there are'
complete -c landfall -n "__fish_landfall_using_subcommand get; and not __fish_seen_subcommand_from activities activity act applications application app apps environments environment env packs pack pipelines pipeline help" -f -a "pack" -d 'The packs there are'
complete -c landfall -n "__fish_landfall_using_subcommand get; and not __fish_seen_subcommand_from activities activity act applications application app apps environments environment env packs pack pipelines pipeline help" -f -a "pipelines" -d 'The pipelines that have run'
complete -c landfall -n "__fish_landfall_using_subcommand get; and not __fish_seen_subcommand_from activities activity act applications application app apps environments environment env packs pack pipelines pipeline help" -f -a "pipeline" -d 'The pipelines that have run'
complete -c landfall -n "__fish_landfall_using_subcommand get; and not __fish_seen_subcommand_from activities activity act applications application app apps environments environment env packs pack pipelines pipeline help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from activities" -s f -l filter -d 'Only those with this text in their name or pipeline' -r
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from activities" -l build -d 'Only this build number' -r
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from activities" -l limit -d 'Only the newest so many' -r
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from activities" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from activities" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from activities" -s w -l watch -d 'Go on and show what changes'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from activities" -s s -l sort -d 'Sort by the time of the start; what has not started comes last'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from activities" -l exit-status -d 'End as the runs end: with --watch once all have, with the worst outcome as the status. What ended before a newer run of the same pipeline is left out then, unless --build or --limit choose'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from activities" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from activities" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from activities" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from activities" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from activities" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from activity" -s f -l filter -d 'Only those with this text in their name or pipeline' -r
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from activity" -l build -d 'Only this build number' -r
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from activity" -l limit -d 'Only the newest so many' -r
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from activity" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from activity" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from activity" -s w -l watch -d 'Go on and show what changes'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from activity" -s s -l sort -d 'Sort by the time of the start; what has not started comes last'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from activity" -l exit-status -d 'End as the runs end: with --watch once all have, with the worst outcome as the status. What ended before a newer run of the same pipeline is left out then, unless --build or --limit choose'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from activity" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from activity" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from activity" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from activity" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from activity" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from act" -s f -l filter -d 'Only those with this text in their name or pipeline' -r
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from act" -l build -d 'Only this build number' -r
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from act" -l limit -d 'Only the newest so many' -r
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from act" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from act" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from act" -s w -l watch -d 'Go on and show what changes'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from act" -s s -l sort -d 'Sort by the time of the start; what has not started comes last'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from act" -l exit-status -d 'End as the runs end: with --watch once all have, with the worst outcome as the status. What ended before a newer run of the same pipeline is left out then, unless --build or --limit choose'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from act" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from act" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from act" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from act" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from act" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from applications" -s e -l env -d 'Only in this environment' -r
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from applications" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from applications" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from applications" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from applications" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from applications" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from applications" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from applications" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from application" -s e -l env -d 'Only in this environment' -r
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from application" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from application" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from application" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from application" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from application" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from application" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from application" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from app" -s e -l env -d 'Only in this environment' -r
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from app" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from app" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from app" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from app" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from app" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from app" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from app" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from apps" -s e -l env -d 'Only in this environment' -r
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from apps" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from apps" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from apps" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from apps" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from apps" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from apps" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from apps" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from environments" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from environments" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from environments" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from environments" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from environments" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from environments" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from environments" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from environment" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from environment" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from environment" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from environment" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from environment" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from environment" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from environment" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from env" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from env" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from env" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from env" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from env" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from env" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from env" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from packs" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from packs" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from packs" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from packs" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from packs" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from packs" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from packs" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from pack" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from pack" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from pack" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from pack" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from pack" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from pack" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from pack" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from pipelines" -s f -l filter -d 'Only those with this text in their name' -r
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from pipelines" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from pipelines" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from pipelines" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from pipelines" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from pipelines" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from pipelines" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from pipelines" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from pipeline" -s f -l filter -d 'Only those with this text in their name' -r
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from pipeline" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from pipeline" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from pipeline" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from pipeline" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from pipeline" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from pipeline" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from pipeline" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from help" -f -a "activities" -d 'Pipeline runs and promotions with their stages and steps'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from help" -f -a "applications" -d 'The apps in each environment: version, instances, and where they answer'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from help" -f -a "environments" -d 'The environments, in the order of promotion'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from help" -f -a "packs" -d 'The packs there are'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from help" -f -a "pipelines" -d 'The pipelines that have run'
complete -c landfall -n "__fish_landfall_using_subcommand get; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c landfall -n "__fish_landfall_using_subcommand import" -l pack -d 'Use this pack instead of the detected one: a name, ./FOLDER, or URL//DIR@REVISION of a Git repository' -r
complete -c landfall -n "__fish_landfall_using_subcommand import" -l app -d 'Import the app in this folder, and call it so (repeatable)' -r
complete -c landfall -n "__fish_landfall_using_subcommand import" -l name -d 'Call the app so; with several apps, --app or --all, the repository' -r
complete -c landfall -n "__fish_landfall_using_subcommand import" -l org -d 'The owner of the repository on the forge' -r
complete -c landfall -n "__fish_landfall_using_subcommand import" -l set -d 'Set a value of the plan, such as a variable of the pack, of the app in DIR where there are several (repeatable)' -r
complete -c landfall -n "__fish_landfall_using_subcommand import" -l port -d 'The port that the app listens on' -r
complete -c landfall -n "__fish_landfall_using_subcommand import" -l deploy-kind -d 'Run it as a Knative Service, asleep when idle, or as a Deployment' -r -f -a "knative\t'A Knative Service'
default\t'A Deployment and a Service'"
complete -c landfall -n "__fish_landfall_using_subcommand import" -l branch -d 'Make the commit on this new branch, and open a pull request from it' -r
complete -c landfall -n "__fish_landfall_using_subcommand import" -l plan -d 'Do what this plan says, as `--dry-run -o json` printed it; - reads it from standard input' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand import" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand import" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand import" -l all -d 'Import every app that is found, and those that --app names'
complete -c landfall -n "__fish_landfall_using_subcommand import" -l convert-charts -d 'First bring Knative Services of an old chart into the form of today, in a commit of their own'
complete -c landfall -n "__fish_landfall_using_subcommand import" -s y -l yes -d 'Do not ask'
complete -c landfall -n "__fish_landfall_using_subcommand import" -l dry-run -d 'Show the plan and change nothing anywhere'
complete -c landfall -n "__fish_landfall_using_subcommand import" -l undo -d 'Take back what the last import did here, done or half done'
complete -c landfall -n "__fish_landfall_using_subcommand import" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand import" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand import" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand import" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand logs" -l build -d 'The build number, where the name is that of a pipeline' -r
complete -c landfall -n "__fish_landfall_using_subcommand logs" -l step -d 'Only this step or task: STEP, TASK or TASK/STEP' -r
complete -c landfall -n "__fish_landfall_using_subcommand logs" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand logs" -l follow -d 'Go on until the run ends'
complete -c landfall -n "__fish_landfall_using_subcommand logs" -l raw -d 'Print the bytes as they are, without prefixes'
complete -c landfall -n "__fish_landfall_using_subcommand logs" -l exit-status -d 'End with the run\'s outcome as the status'
complete -c landfall -n "__fish_landfall_using_subcommand logs" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand logs" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand logs" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand logs" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand logs" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand next-version" -l dir -d 'The repository (default: the current folder)' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand next-version" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand next-version" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand next-version" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand next-version" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand next-version" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand next-version" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand next-version" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand pack; and not __fish_seen_subcommand_from lint test help" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand pack; and not __fish_seen_subcommand_from lint test help" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand pack; and not __fish_seen_subcommand_from lint test help" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand pack; and not __fish_seen_subcommand_from lint test help" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand pack; and not __fish_seen_subcommand_from lint test help" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand pack; and not __fish_seen_subcommand_from lint test help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand pack; and not __fish_seen_subcommand_from lint test help" -f -a "lint" -d 'Check a pack: pack.yaml, templates, Dockerfile, chart and pipelines'
complete -c landfall -n "__fish_landfall_using_subcommand pack; and not __fish_seen_subcommand_from lint test help" -f -a "test" -d 'Import a pack\'s own sample into a scratch repository and run its pipeline'
complete -c landfall -n "__fish_landfall_using_subcommand pack; and not __fish_seen_subcommand_from lint test help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c landfall -n "__fish_landfall_using_subcommand pack; and __fish_seen_subcommand_from lint" -l set -d 'Set a variable that has no default (repeatable)' -r
complete -c landfall -n "__fish_landfall_using_subcommand pack; and __fish_seen_subcommand_from lint" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand pack; and __fish_seen_subcommand_from lint" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand pack; and __fish_seen_subcommand_from lint" -l strict -d 'Fail on warnings too'
complete -c landfall -n "__fish_landfall_using_subcommand pack; and __fish_seen_subcommand_from lint" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand pack; and __fish_seen_subcommand_from lint" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand pack; and __fish_seen_subcommand_from lint" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand pack; and __fish_seen_subcommand_from lint" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand pack; and __fish_seen_subcommand_from lint" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand pack; and __fish_seen_subcommand_from test" -l set -d 'Set a value of the import (repeatable)' -r
complete -c landfall -n "__fish_landfall_using_subcommand pack; and __fish_seen_subcommand_from test" -l timeout -d 'How long the pipeline may take, in seconds' -r
complete -c landfall -n "__fish_landfall_using_subcommand pack; and __fish_seen_subcommand_from test" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand pack; and __fish_seen_subcommand_from test" -l keep -d 'Leave the scratch folder where it is'
complete -c landfall -n "__fish_landfall_using_subcommand pack; and __fish_seen_subcommand_from test" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand pack; and __fish_seen_subcommand_from test" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand pack; and __fish_seen_subcommand_from test" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand pack; and __fish_seen_subcommand_from test" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand pack; and __fish_seen_subcommand_from test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand pack; and __fish_seen_subcommand_from help" -f -a "lint" -d 'Check a pack: pack.yaml, templates, Dockerfile, chart and pipelines'
complete -c landfall -n "__fish_landfall_using_subcommand pack; and __fish_seen_subcommand_from help" -f -a "test" -d 'Import a pack\'s own sample into a scratch repository and run its pipeline'
complete -c landfall -n "__fish_landfall_using_subcommand pack; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c landfall -n "__fish_landfall_using_subcommand step; and not __fish_seen_subcommand_from checkout image chart tag help" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand step; and not __fish_seen_subcommand_from checkout image chart tag help" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand step; and not __fish_seen_subcommand_from checkout image chart tag help" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand step; and not __fish_seen_subcommand_from checkout image chart tag help" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand step; and not __fish_seen_subcommand_from checkout image chart tag help" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand step; and not __fish_seen_subcommand_from checkout image chart tag help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand step; and not __fish_seen_subcommand_from checkout image chart tag help" -f -a "checkout" -d 'Put a commit into the current folder'
complete -c landfall -n "__fish_landfall_using_subcommand step; and not __fish_seen_subcommand_from checkout image chart tag help" -f -a "image" -d 'Make the image from what the build left'
complete -c landfall -n "__fish_landfall_using_subcommand step; and not __fish_seen_subcommand_from checkout image chart tag help" -f -a "chart" -d 'Package the chart of a release'
complete -c landfall -n "__fish_landfall_using_subcommand step; and not __fish_seen_subcommand_from checkout image chart tag help" -f -a "tag" -d 'Tag the commit with its version'
complete -c landfall -n "__fish_landfall_using_subcommand step; and not __fish_seen_subcommand_from checkout image chart tag help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from checkout" -l url -d 'Where Git reaches the repository' -r
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from checkout" -l revision -d 'The commit' -r
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from checkout" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from checkout" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from checkout" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from checkout" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from checkout" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from checkout" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from image" -l version -d 'The version of the release' -r
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from image" -l builder -d 'Build the Dockerfile too, with this program, as dev.local/APP:VERSION' -r
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from image" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from image" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from image" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from image" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from image" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from image" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from chart" -l version -d 'The version of the release' -r
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from chart" -l digest -d 'The digest of the image, as `landfall step image` printed it' -r
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from chart" -l chart -d 'The chart\'s folder (default: the app\'s in charts/)' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from chart" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from chart" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from chart" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from chart" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from chart" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from chart" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from tag" -l version -d 'The version of the release' -r
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from tag" -l remote -d 'The remote to push to' -r
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from tag" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from tag" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from tag" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from tag" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from tag" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from tag" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from help" -f -a "checkout" -d 'Put a commit into the current folder'
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from help" -f -a "image" -d 'Make the image from what the build left'
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from help" -f -a "chart" -d 'Package the chart of a release'
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from help" -f -a "tag" -d 'Tag the commit with its version'
complete -c landfall -n "__fish_landfall_using_subcommand step; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c landfall -n "__fish_landfall_using_subcommand serve" -l port -d 'The gateway\'s port; the next free one when it is taken' -r
complete -c landfall -n "__fish_landfall_using_subcommand serve" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand serve" -l background -d 'Detach from the terminal; how `landfall up` starts it'
complete -c landfall -n "__fish_landfall_using_subcommand serve" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand serve" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand serve" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand serve" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand serve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand serve-static" -l root -d 'The folder of the site' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand serve-static" -l port -d 'Where to listen (default: PORT of the environment, else 8080)' -r
complete -c landfall -n "__fish_landfall_using_subcommand serve-static" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand serve-static" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand serve-static" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand serve-static" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand serve-static" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand serve-static" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand start; and not __fish_seen_subcommand_from pipeline pipelines help" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand start; and not __fish_seen_subcommand_from pipeline pipelines help" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand start; and not __fish_seen_subcommand_from pipeline pipelines help" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand start; and not __fish_seen_subcommand_from pipeline pipelines help" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand start; and not __fish_seen_subcommand_from pipeline pipelines help" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand start; and not __fish_seen_subcommand_from pipeline pipelines help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand start; and not __fish_seen_subcommand_from pipeline pipelines help" -f -a "pipeline" -d 'Run a pipeline here'
complete -c landfall -n "__fish_landfall_using_subcommand start; and not __fish_seen_subcommand_from pipeline pipelines help" -f -a "pipelines" -d 'Run a pipeline here'
complete -c landfall -n "__fish_landfall_using_subcommand start; and not __fish_seen_subcommand_from pipeline pipelines help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c landfall -n "__fish_landfall_using_subcommand start; and __fish_seen_subcommand_from pipeline" -l file -d 'The file with the run' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand start; and __fish_seen_subcommand_from pipeline" -l logs -d 'Write the output of steps into this folder, one file a step' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand start; and __fish_seen_subcommand_from pipeline" -l runner -d 'Where steps run (default: isolated where that works, else host)' -r -f -a "host\t'On the machine as it is'
isolated\t'On the machine, with /workspace, /tekton and mounts at their real paths (Linux)'
podman\t'In containers of podman'
docker\t'In containers of docker'"
complete -c landfall -n "__fish_landfall_using_subcommand start; and __fish_seen_subcommand_from pipeline" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand start; and __fish_seen_subcommand_from pipeline" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand start; and __fish_seen_subcommand_from pipeline" -l alpha -d 'Turn on what a stock Tekton has off'
complete -c landfall -n "__fish_landfall_using_subcommand start; and __fish_seen_subcommand_from pipeline" -l strict -d 'Fail if anything is not simulated'
complete -c landfall -n "__fish_landfall_using_subcommand start; and __fish_seen_subcommand_from pipeline" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand start; and __fish_seen_subcommand_from pipeline" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand start; and __fish_seen_subcommand_from pipeline" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand start; and __fish_seen_subcommand_from pipeline" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand start; and __fish_seen_subcommand_from pipeline" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand start; and __fish_seen_subcommand_from pipelines" -l file -d 'The file with the run' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand start; and __fish_seen_subcommand_from pipelines" -l logs -d 'Write the output of steps into this folder, one file a step' -r -F
complete -c landfall -n "__fish_landfall_using_subcommand start; and __fish_seen_subcommand_from pipelines" -l runner -d 'Where steps run (default: isolated where that works, else host)' -r -f -a "host\t'On the machine as it is'
isolated\t'On the machine, with /workspace, /tekton and mounts at their real paths (Linux)'
podman\t'In containers of podman'
docker\t'In containers of docker'"
complete -c landfall -n "__fish_landfall_using_subcommand start; and __fish_seen_subcommand_from pipelines" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand start; and __fish_seen_subcommand_from pipelines" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand start; and __fish_seen_subcommand_from pipelines" -l alpha -d 'Turn on what a stock Tekton has off'
complete -c landfall -n "__fish_landfall_using_subcommand start; and __fish_seen_subcommand_from pipelines" -l strict -d 'Fail if anything is not simulated'
complete -c landfall -n "__fish_landfall_using_subcommand start; and __fish_seen_subcommand_from pipelines" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand start; and __fish_seen_subcommand_from pipelines" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand start; and __fish_seen_subcommand_from pipelines" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand start; and __fish_seen_subcommand_from pipelines" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand start; and __fish_seen_subcommand_from pipelines" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand start; and __fish_seen_subcommand_from help" -f -a "pipeline" -d 'Run a pipeline here'
complete -c landfall -n "__fish_landfall_using_subcommand start; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c landfall -n "__fish_landfall_using_subcommand status" -s n -l namespace -d 'Only this environment' -r
complete -c landfall -n "__fish_landfall_using_subcommand status" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand status" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand status" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand status" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand status" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand status" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand stop; and not __fish_seen_subcommand_from pipeline pipelines help" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand stop; and not __fish_seen_subcommand_from pipeline pipelines help" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand stop; and not __fish_seen_subcommand_from pipeline pipelines help" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand stop; and not __fish_seen_subcommand_from pipeline pipelines help" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand stop; and not __fish_seen_subcommand_from pipeline pipelines help" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand stop; and not __fish_seen_subcommand_from pipeline pipelines help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand stop; and not __fish_seen_subcommand_from pipeline pipelines help" -f -a "pipeline" -d 'Cancel a pipeline run and wait until it has ended'
complete -c landfall -n "__fish_landfall_using_subcommand stop; and not __fish_seen_subcommand_from pipeline pipelines help" -f -a "pipelines" -d 'Cancel a pipeline run and wait until it has ended'
complete -c landfall -n "__fish_landfall_using_subcommand stop; and not __fish_seen_subcommand_from pipeline pipelines help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c landfall -n "__fish_landfall_using_subcommand stop; and __fish_seen_subcommand_from pipeline" -l grace -d 'End it more gently' -r -f -a "CancelledRunFinally\t'Stop what runs, then run finally'
StoppedRunFinally\t'Let what runs end by itself, start nothing more, then run finally'"
complete -c landfall -n "__fish_landfall_using_subcommand stop; and __fish_seen_subcommand_from pipeline" -l timeout -d 'Give up waiting after so many seconds; the run still ends' -r
complete -c landfall -n "__fish_landfall_using_subcommand stop; and __fish_seen_subcommand_from pipeline" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand stop; and __fish_seen_subcommand_from pipeline" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand stop; and __fish_seen_subcommand_from pipeline" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand stop; and __fish_seen_subcommand_from pipeline" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand stop; and __fish_seen_subcommand_from pipeline" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand stop; and __fish_seen_subcommand_from pipeline" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand stop; and __fish_seen_subcommand_from pipelines" -l grace -d 'End it more gently' -r -f -a "CancelledRunFinally\t'Stop what runs, then run finally'
StoppedRunFinally\t'Let what runs end by itself, start nothing more, then run finally'"
complete -c landfall -n "__fish_landfall_using_subcommand stop; and __fish_seen_subcommand_from pipelines" -l timeout -d 'Give up waiting after so many seconds; the run still ends' -r
complete -c landfall -n "__fish_landfall_using_subcommand stop; and __fish_seen_subcommand_from pipelines" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand stop; and __fish_seen_subcommand_from pipelines" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand stop; and __fish_seen_subcommand_from pipelines" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand stop; and __fish_seen_subcommand_from pipelines" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand stop; and __fish_seen_subcommand_from pipelines" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand stop; and __fish_seen_subcommand_from pipelines" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand stop; and __fish_seen_subcommand_from help" -f -a "pipeline" -d 'Cancel a pipeline run and wait until it has ended'
complete -c landfall -n "__fish_landfall_using_subcommand stop; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c landfall -n "__fish_landfall_using_subcommand up" -l port -d 'The gateway\'s port; the next free one when it is taken' -r
complete -c landfall -n "__fish_landfall_using_subcommand up" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand up" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand up" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand up" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand up" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand up" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and not __fish_seen_subcommand_from pack packs help" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and not __fish_seen_subcommand_from pack packs help" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and not __fish_seen_subcommand_from pack packs help" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and not __fish_seen_subcommand_from pack packs help" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and not __fish_seen_subcommand_from pack packs help" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and not __fish_seen_subcommand_from pack packs help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and not __fish_seen_subcommand_from pack packs help" -f -a "pack" -d 'Merge a newer pack into what you made of the older one'
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and not __fish_seen_subcommand_from pack packs help" -f -a "packs" -d 'Merge a newer pack into what you made of the older one'
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and not __fish_seen_subcommand_from pack packs help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and __fish_seen_subcommand_from pack" -l revision -d 'The tag, branch or commit of a pack from Git' -r
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and __fish_seen_subcommand_from pack" -l pack -d 'Where the newer pack is, when it is not where the older one came from' -r
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and __fish_seen_subcommand_from pack" -l branch -d 'Put the upgrade on this new branch and open a pull request' -r
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and __fish_seen_subcommand_from pack" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and __fish_seen_subcommand_from pack" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and __fish_seen_subcommand_from pack" -l dry-run -d 'Show the plan and change nothing anywhere'
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and __fish_seen_subcommand_from pack" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and __fish_seen_subcommand_from pack" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and __fish_seen_subcommand_from pack" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and __fish_seen_subcommand_from pack" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and __fish_seen_subcommand_from pack" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and __fish_seen_subcommand_from packs" -l revision -d 'The tag, branch or commit of a pack from Git' -r
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and __fish_seen_subcommand_from packs" -l pack -d 'Where the newer pack is, when it is not where the older one came from' -r
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and __fish_seen_subcommand_from packs" -l branch -d 'Put the upgrade on this new branch and open a pull request' -r
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and __fish_seen_subcommand_from packs" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and __fish_seen_subcommand_from packs" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and __fish_seen_subcommand_from packs" -l dry-run -d 'Show the plan and change nothing anywhere'
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and __fish_seen_subcommand_from packs" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and __fish_seen_subcommand_from packs" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and __fish_seen_subcommand_from packs" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and __fish_seen_subcommand_from packs" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and __fish_seen_subcommand_from packs" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and __fish_seen_subcommand_from help" -f -a "pack" -d 'Merge a newer pack into what you made of the older one'
complete -c landfall -n "__fish_landfall_using_subcommand upgrade; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c landfall -n "__fish_landfall_using_subcommand render" -l name -d 'Name of the release [default: the folder\'s name]' -r
complete -c landfall -n "__fish_landfall_using_subcommand render" -s f -l values -d 'Values from a YAML file (repeatable, also separated by commas; - is standard input)' -r
complete -c landfall -n "__fish_landfall_using_subcommand render" -l set -d 'Set values: key1=val1,key2=val2 (repeatable)' -r
complete -c landfall -n "__fish_landfall_using_subcommand render" -l set-string -d 'Set values that are always text (repeatable)' -r
complete -c landfall -n "__fish_landfall_using_subcommand render" -l set-file -d 'Set values to the contents of files: key1=path1 (repeatable)' -r
complete -c landfall -n "__fish_landfall_using_subcommand render" -l set-json -d 'Set values to JSON: key1=json1, or one JSON object (repeatable)' -r
complete -c landfall -n "__fish_landfall_using_subcommand render" -l set-literal -d 'Set a value to the rest of the flag as it is (repeatable)' -r
complete -c landfall -n "__fish_landfall_using_subcommand render" -s n -l namespace -d 'Namespace of the release' -r
complete -c landfall -n "__fish_landfall_using_subcommand render" -l kube-version -d 'Kubernetes version that the chart sees' -r
complete -c landfall -n "__fish_landfall_using_subcommand render" -s a -l api-versions -d 'API versions that the chart sees besides the usual ones (repeatable, also separated by commas)' -r
complete -c landfall -n "__fish_landfall_using_subcommand render" -l explain -d 'Say where things come from instead of printing them: all lines in short, or line 12, lines 12-20, or a value such as image.tag' -r
complete -c landfall -n "__fish_landfall_using_subcommand render" -l deterministic -d 'Print the same bytes in each run: random values follow from the seed, and the clock stands still. Keys and passwords made so are known to everyone who has the chart' -r
complete -c landfall -n "__fish_landfall_using_subcommand render" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand render" -l is-upgrade -d 'Tell the chart that it is an upgrade'
complete -c landfall -n "__fish_landfall_using_subcommand render" -l skip-schema-validation -d 'Do not check values against values.schema.json'
complete -c landfall -n "__fish_landfall_using_subcommand render" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand render" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand render" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand render" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand render" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand lint" -s f -l values -d 'Values from a YAML file (repeatable, also separated by commas; - is standard input)' -r
complete -c landfall -n "__fish_landfall_using_subcommand lint" -l set -d 'Set values: key1=val1,key2=val2 (repeatable)' -r
complete -c landfall -n "__fish_landfall_using_subcommand lint" -l set-string -d 'Set values that are always text (repeatable)' -r
complete -c landfall -n "__fish_landfall_using_subcommand lint" -l set-file -d 'Set values to the contents of files: key1=path1 (repeatable)' -r
complete -c landfall -n "__fish_landfall_using_subcommand lint" -l set-json -d 'Set values to JSON: key1=json1, or one JSON object (repeatable)' -r
complete -c landfall -n "__fish_landfall_using_subcommand lint" -l set-literal -d 'Set a value to the rest of the flag as it is (repeatable)' -r
complete -c landfall -n "__fish_landfall_using_subcommand lint" -l kube-version -d 'Kubernetes version that the chart sees, and that removed API versions are looked up for' -r
complete -c landfall -n "__fish_landfall_using_subcommand lint" -s o -l output -d 'How findings are printed [default: text]' -r
complete -c landfall -n "__fish_landfall_using_subcommand lint" -s n -l namespace -d 'Namespace of the release' -r
complete -c landfall -n "__fish_landfall_using_subcommand lint" -l kubeconfig -d 'Where the namespace comes from when none is given' -r
complete -c landfall -n "__fish_landfall_using_subcommand lint" -l kube-context -d 'The context of the kubeconfig whose namespace is taken' -r
complete -c landfall -n "__fish_landfall_using_subcommand lint" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand lint" -l strict -d 'Fail on warnings too'
complete -c landfall -n "__fish_landfall_using_subcommand lint" -l with-subcharts -d 'Check the charts of charts/ too'
complete -c landfall -n "__fish_landfall_using_subcommand lint" -l skip-schema-validation -d 'Do not check values against values.schema.json'
complete -c landfall -n "__fish_landfall_using_subcommand lint" -l helm-only -d 'Say only what helm lint says'
complete -c landfall -n "__fish_landfall_using_subcommand lint" -l debug -d 'Say more, and print what was rendered even where it is no YAML'
complete -c landfall -n "__fish_landfall_using_subcommand lint" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand lint" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand lint" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand lint" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand lint" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand template" -s f -l values -d 'Values from a YAML file (repeatable, also separated by commas; - is standard input)' -r
complete -c landfall -n "__fish_landfall_using_subcommand template" -l set -d 'Set values: key1=val1,key2=val2 (repeatable)' -r
complete -c landfall -n "__fish_landfall_using_subcommand template" -l set-string -d 'Set values that are always text (repeatable)' -r
complete -c landfall -n "__fish_landfall_using_subcommand template" -l set-file -d 'Set values to the contents of files: key1=path1 (repeatable)' -r
complete -c landfall -n "__fish_landfall_using_subcommand template" -l set-json -d 'Set values to JSON: key1=json1, or one JSON object (repeatable)' -r
complete -c landfall -n "__fish_landfall_using_subcommand template" -l set-literal -d 'Set a value to the rest of the flag as it is (repeatable)' -r
complete -c landfall -n "__fish_landfall_using_subcommand template" -l kube-version -d 'Kubernetes version that the chart sees' -r
complete -c landfall -n "__fish_landfall_using_subcommand template" -s a -l api-versions -d 'API versions that the chart sees besides the usual ones (repeatable, also separated by commas)' -r
complete -c landfall -n "__fish_landfall_using_subcommand template" -s s -l show-only -d 'Show only the documents of these templates (repeatable)' -r
complete -c landfall -n "__fish_landfall_using_subcommand template" -l output-dir -d 'Write files into this folder instead of standard output' -r
complete -c landfall -n "__fish_landfall_using_subcommand template" -l dry-run -d 'With server, refuse documents whose API version the Kubernetes of --kube-version does not serve' -r
complete -c landfall -n "__fish_landfall_using_subcommand template" -l name-template -d 'A template for the name of the release' -r
complete -c landfall -n "__fish_landfall_using_subcommand template" -l version -d 'Version of a chart from a repository, or a constraint [default: the highest]' -r
complete -c landfall -n "__fish_landfall_using_subcommand template" -l repo -d 'The repository that has the chart' -r
complete -c landfall -n "__fish_landfall_using_subcommand template" -l username -d 'Name for the repository or registry' -r
complete -c landfall -n "__fish_landfall_using_subcommand template" -l password -d 'Password for the repository or registry' -r
complete -c landfall -n "__fish_landfall_using_subcommand template" -l ca-file -d 'Certificates to trust instead of the system\'s' -r
complete -c landfall -n "__fish_landfall_using_subcommand template" -l cert-file -d 'Certificate to show to the server' -r
complete -c landfall -n "__fish_landfall_using_subcommand template" -l key-file -d 'Key of --cert-file' -r
complete -c landfall -n "__fish_landfall_using_subcommand template" -l keyring -d 'The public keys for --verify [default: pubring.gpg of gpg, else pubring.kbx]' -r
complete -c landfall -n "__fish_landfall_using_subcommand template" -s n -l namespace -d 'Namespace of the release' -r
complete -c landfall -n "__fish_landfall_using_subcommand template" -l kubeconfig -d 'Where the namespace comes from when none is given' -r
complete -c landfall -n "__fish_landfall_using_subcommand template" -l kube-context -d 'The context of the kubeconfig whose namespace is taken' -r
complete -c landfall -n "__fish_landfall_using_subcommand template" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand template" -l is-upgrade -d 'Tell the chart that it is an upgrade'
complete -c landfall -n "__fish_landfall_using_subcommand template" -l release-name -d 'Put the release\'s name into the path of --output-dir'
complete -c landfall -n "__fish_landfall_using_subcommand template" -l include-crds -d 'Print the chart\'s custom resource definitions too'
complete -c landfall -n "__fish_landfall_using_subcommand template" -l skip-tests -d 'Leave tests out'
complete -c landfall -n "__fish_landfall_using_subcommand template" -l no-hooks -d 'Leave hooks out'
complete -c landfall -n "__fish_landfall_using_subcommand template" -l skip-schema-validation -d 'Do not check values against values.schema.json'
complete -c landfall -n "__fish_landfall_using_subcommand template" -s g -l generate-name -d 'Accepted as in helm, where it changes nothing for template'
complete -c landfall -n "__fish_landfall_using_subcommand template" -l dependency-update -d 'Fetch dependencies that charts/ lacks first, as dependency update does'
complete -c landfall -n "__fish_landfall_using_subcommand template" -l devel -d 'Take prereleases too, unless --version says something'
complete -c landfall -n "__fish_landfall_using_subcommand template" -l pass-credentials -d 'Give name and password to other servers that the repository names, too'
complete -c landfall -n "__fish_landfall_using_subcommand template" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate'
complete -c landfall -n "__fish_landfall_using_subcommand template" -l plain-http -d 'Speak http with the registry'
complete -c landfall -n "__fish_landfall_using_subcommand template" -l verify -d 'Refuse a chart that nobody of the keyring signed'
complete -c landfall -n "__fish_landfall_using_subcommand template" -l debug -d 'Say more, and print what was rendered even where it is no YAML'
complete -c landfall -n "__fish_landfall_using_subcommand template" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand template" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand template" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand template" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand template" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand promote" -s e -l env -d 'The environment to promote to' -r
complete -c landfall -n "__fish_landfall_using_subcommand promote" -l version -d 'The version (default: the highest release)' -r
complete -c landfall -n "__fish_landfall_using_subcommand promote" -l from -d 'Take the version that this environment has' -r
complete -c landfall -n "__fish_landfall_using_subcommand promote" -l timeout -d 'How long to wait: 90, 10m, 1h' -r
complete -c landfall -n "__fish_landfall_using_subcommand promote" -s n -l namespace -d 'The namespace of the app (default: the environment\'s)' -r
complete -c landfall -n "__fish_landfall_using_subcommand promote" -s u -l helm-repo-url -d 'Where the chart of an app comes from that is new there (default: the environment\'s chart repository)' -r
complete -c landfall -n "__fish_landfall_using_subcommand promote" -l alias -d 'The alias of the chart in a Jenkins X 2 repository' -r
complete -c landfall -n "__fish_landfall_using_subcommand promote" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand promote" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand promote" -l all-auto -d 'Promote to every Auto environment, in their order; stops at the first that fails'
complete -c landfall -n "__fish_landfall_using_subcommand promote" -l dry-run -d 'Show what would change, and change nothing'
complete -c landfall -n "__fish_landfall_using_subcommand promote" -l allow-downgrade -d 'Let an older version replace a newer one'
complete -c landfall -n "__fish_landfall_using_subcommand promote" -l reopen -d 'Open a new pull request where a person closed the last one'
complete -c landfall -n "__fish_landfall_using_subcommand promote" -l merge -d 'Decide for a Manual environment: merge when the checks pass'
complete -c landfall -n "__fish_landfall_using_subcommand promote" -l no-wait -l no-poll -d 'Open the pull request and do not wait for its checks'
complete -c landfall -n "__fish_landfall_using_subcommand promote" -l error-unchanged -d 'Exit with 3 when every environment has the version already'
complete -c landfall -n "__fish_landfall_using_subcommand promote" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand promote" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand promote" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand promote" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand promote" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand version" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand version" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand version" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand version" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand version" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand version" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand version" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand watch" -l build -d 'The build number, where the name is that of a pipeline' -r
complete -c landfall -n "__fish_landfall_using_subcommand watch" -s o -l output -d 'Print the answer in this format' -r -f -a "json\t'One JSON document'
yaml\t'One YAML document'
name\t'Names only, one a line'
wide\t'The table with more columns'
jsonl\t'One JSON document a line'"
complete -c landfall -n "__fish_landfall_using_subcommand watch" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says no'
always\t'Always'
never\t'Never'"
complete -c landfall -n "__fish_landfall_using_subcommand watch" -l exit-status -d 'End with the run\'s outcome as the status'
complete -c landfall -n "__fish_landfall_using_subcommand watch" -s q -l quiet -d 'Say only what failed'
complete -c landfall -n "__fish_landfall_using_subcommand watch" -s v -l verbose -d 'Say more (can be repeated)'
complete -c landfall -n "__fish_landfall_using_subcommand watch" -s b -l batch-mode -l no-input -d 'Never ask: take the defaults, or fail naming the flag'
complete -c landfall -n "__fish_landfall_using_subcommand watch" -l no-start -d 'Never start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand watch" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "apply" -d 'Make an environment what its repository says, now'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "changelog" -d 'Print what is in a release, as Markdown'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "completion" -d 'Print the script that completes landfall\'s commands in a shell'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "config" -d 'Show the settings'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "create" -d 'Make an app or an environment'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "demo" -d 'Tell the whole story on a sample app, in a scratch folder, in about a minute'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "dependency" -d 'Manage the dependencies of a chart exactly as helm dependency does'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "describe" -d 'Show one object in full'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "detect" -d 'Say which pack fits a repository, and why'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "down" -d 'End the local platform with all apps'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "edit" -d 'Change how the app is deployed'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "explain" -d 'Say what an error code means and what to do'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "gc" -d 'Remove what is kept only for a while'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "get" -d 'List objects'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "import" -d 'Import a repository: build pack, chart, pipelines, and its first release'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "logs" -d 'Print the logs of a run\'s steps'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "next-version" -d 'Print the version of the next release'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "pack" -d 'Check and test packs, for those who write them'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "step" -d 'Do one step of a pipeline'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "serve" -d 'Run the local platform in the foreground'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "serve-static" -d 'Serve the files of a folder over HTTP, as an app of the local platform does'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "start" -d 'Start something: a pipeline'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "status" -d 'Show what runs on the local platform'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "stop" -d 'Stop something that runs: a pipeline'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "up" -d 'Start the local platform in the background'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "upgrade" -d 'Bring something up to date: the pack of a repository'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "render" -d 'Render a chart to the documents that would be applied'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "lint" -d 'Check charts as helm lint does, and for what it does not say'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "template" -d 'Render a chart exactly as helm template does'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "promote" -d 'Bring a release into an environment, by a pull request'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "version" -d 'Print the version'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "watch" -d 'Watch one activity until it ends'
complete -c landfall -n "__fish_landfall_using_subcommand help; and not __fish_seen_subcommand_from apply changelog completion config create demo dependency describe detect down edit explain gc get import logs next-version pack step serve serve-static start status stop up upgrade render lint template promote version watch help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c landfall -n "__fish_landfall_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "view" -d 'Print every setting'
complete -c landfall -n "__fish_landfall_using_subcommand help; and __fish_seen_subcommand_from create" -f -a "environment" -d 'An environment and its repository'
complete -c landfall -n "__fish_landfall_using_subcommand help; and __fish_seen_subcommand_from create" -f -a "quickstart" -d 'A new app from a sample or from a repository'
complete -c landfall -n "__fish_landfall_using_subcommand help; and __fish_seen_subcommand_from create" -f -a "pack" -d 'A pack that works, to be changed into one\'s own'
complete -c landfall -n "__fish_landfall_using_subcommand help; and __fish_seen_subcommand_from dependency" -f -a "build" -d 'Rebuild charts/ from the lock file'
complete -c landfall -n "__fish_landfall_using_subcommand help; and __fish_seen_subcommand_from dependency" -f -a "list" -d 'List the dependencies of a chart and what charts/ holds of them'
complete -c landfall -n "__fish_landfall_using_subcommand help; and __fish_seen_subcommand_from dependency" -f -a "update" -d 'Resolve the dependencies of a chart anew and bring charts/ up to date'
complete -c landfall -n "__fish_landfall_using_subcommand help; and __fish_seen_subcommand_from describe" -f -a "pack" -d 'A pack: what it writes, its variables, its parents'
complete -c landfall -n "__fish_landfall_using_subcommand help; and __fish_seen_subcommand_from edit" -f -a "deploy" -d 'How the app is deployed: knative, default or hpa'
complete -c landfall -n "__fish_landfall_using_subcommand help; and __fish_seen_subcommand_from gc" -f -a "activities" -d 'Old runs with their logs'
complete -c landfall -n "__fish_landfall_using_subcommand help; and __fish_seen_subcommand_from get" -f -a "activities" -d 'Pipeline runs and promotions with their stages and steps'
complete -c landfall -n "__fish_landfall_using_subcommand help; and __fish_seen_subcommand_from get" -f -a "applications" -d 'The apps in each environment: version, instances, and where they answer'
complete -c landfall -n "__fish_landfall_using_subcommand help; and __fish_seen_subcommand_from get" -f -a "environments" -d 'The environments, in the order of promotion'
complete -c landfall -n "__fish_landfall_using_subcommand help; and __fish_seen_subcommand_from get" -f -a "packs" -d 'The packs there are'
complete -c landfall -n "__fish_landfall_using_subcommand help; and __fish_seen_subcommand_from get" -f -a "pipelines" -d 'The pipelines that have run'
complete -c landfall -n "__fish_landfall_using_subcommand help; and __fish_seen_subcommand_from pack" -f -a "lint" -d 'Check a pack: pack.yaml, templates, Dockerfile, chart and pipelines'
complete -c landfall -n "__fish_landfall_using_subcommand help; and __fish_seen_subcommand_from pack" -f -a "test" -d 'Import a pack\'s own sample into a scratch repository and run its pipeline'
complete -c landfall -n "__fish_landfall_using_subcommand help; and __fish_seen_subcommand_from step" -f -a "checkout" -d 'Put a commit into the current folder'
complete -c landfall -n "__fish_landfall_using_subcommand help; and __fish_seen_subcommand_from step" -f -a "image" -d 'Make the image from what the build left'
complete -c landfall -n "__fish_landfall_using_subcommand help; and __fish_seen_subcommand_from step" -f -a "chart" -d 'Package the chart of a release'
complete -c landfall -n "__fish_landfall_using_subcommand help; and __fish_seen_subcommand_from step" -f -a "tag" -d 'Tag the commit with its version'
complete -c landfall -n "__fish_landfall_using_subcommand help; and __fish_seen_subcommand_from start" -f -a "pipeline" -d 'Run a pipeline here'
complete -c landfall -n "__fish_landfall_using_subcommand help; and __fish_seen_subcommand_from stop" -f -a "pipeline" -d 'Cancel a pipeline run and wait until it has ended'
complete -c landfall -n "__fish_landfall_using_subcommand help; and __fish_seen_subcommand_from upgrade" -f -a "pack" -d 'Merge a newer pack into what you made of the older one'
