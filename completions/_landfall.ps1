
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'landfall' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'landfall'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'landfall' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('apply', 'apply', [CompletionResultType]::ParameterValue, 'Make an environment what its repository says, now')
            [CompletionResult]::new('changelog', 'changelog', [CompletionResultType]::ParameterValue, 'Print what is in a release, as Markdown')
            [CompletionResult]::new('completion', 'completion', [CompletionResultType]::ParameterValue, 'Print the script that completes landfall''s commands in a shell')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show the settings')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make an app or an environment')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Tell the whole story on a sample app, in a scratch folder, in about a minute')
            [CompletionResult]::new('dependency', 'dependency', [CompletionResultType]::ParameterValue, 'Manage the dependencies of a chart exactly as helm dependency does')
            [CompletionResult]::new('dep', 'dep', [CompletionResultType]::ParameterValue, 'Manage the dependencies of a chart exactly as helm dependency does')
            [CompletionResult]::new('describe', 'describe', [CompletionResultType]::ParameterValue, 'Show one object in full')
            [CompletionResult]::new('detect', 'detect', [CompletionResultType]::ParameterValue, 'Say which pack fits a repository, and why')
            [CompletionResult]::new('down', 'down', [CompletionResultType]::ParameterValue, 'End the local platform with all apps')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change how the app is deployed')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Say what an error code means and what to do')
            [CompletionResult]::new('gc', 'gc', [CompletionResultType]::ParameterValue, 'Remove what is kept only for a while')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'List objects')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Import a repository: build pack, chart, pipelines, and its first release')
            [CompletionResult]::new('logs', 'logs', [CompletionResultType]::ParameterValue, 'Print the logs of a run''s steps')
            [CompletionResult]::new('next-version', 'next-version', [CompletionResultType]::ParameterValue, 'Print the version of the next release')
            [CompletionResult]::new('pack', 'pack', [CompletionResultType]::ParameterValue, 'Check and test packs, for those who write them')
            [CompletionResult]::new('step', 'step', [CompletionResultType]::ParameterValue, 'Do one step of a pipeline')
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Run the local platform in the foreground')
            [CompletionResult]::new('serve-static', 'serve-static', [CompletionResultType]::ParameterValue, 'Serve the files of a folder over HTTP, as an app of the local platform does')
            [CompletionResult]::new('start', 'start', [CompletionResultType]::ParameterValue, 'Start something: a pipeline')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show what runs on the local platform')
            [CompletionResult]::new('stop', 'stop', [CompletionResultType]::ParameterValue, 'Stop something that runs: a pipeline')
            [CompletionResult]::new('up', 'up', [CompletionResultType]::ParameterValue, 'Start the local platform in the background')
            [CompletionResult]::new('upgrade', 'upgrade', [CompletionResultType]::ParameterValue, 'Bring something up to date: the pack of a repository')
            [CompletionResult]::new('render', 'render', [CompletionResultType]::ParameterValue, 'Render a chart to the documents that would be applied')
            [CompletionResult]::new('lint', 'lint', [CompletionResultType]::ParameterValue, 'Check charts as helm lint does, and for what it does not say')
            [CompletionResult]::new('template', 'template', [CompletionResultType]::ParameterValue, 'Render a chart exactly as helm template does')
            [CompletionResult]::new('promote', 'promote', [CompletionResultType]::ParameterValue, 'Bring a release into an environment, by a pull request')
            [CompletionResult]::new('version', 'version', [CompletionResultType]::ParameterValue, 'Print the version')
            [CompletionResult]::new('watch', 'watch', [CompletionResultType]::ParameterValue, 'Watch one activity until it ends')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'landfall;apply' {
            [CompletionResult]::new('--commit', '--commit', [CompletionResultType]::ParameterName, 'A commit of its repository; without it the newest')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait, in seconds')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;changelog' {
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'What to call the release (default: the current commit''s version, else "Unreleased")')
            [CompletionResult]::new('--dir', '--dir', [CompletionResultType]::ParameterName, 'The repository (default: the current folder)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;completion' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;config' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('view', 'view', [CompletionResultType]::ParameterValue, 'Print every setting')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'landfall;config;view' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--show-origin', '--show-origin', [CompletionResultType]::ParameterName, 'Say where each value comes from')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;config;help' {
            [CompletionResult]::new('view', 'view', [CompletionResultType]::ParameterValue, 'Print every setting')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'landfall;config;help;view' {
            break
        }
        'landfall;config;help;help' {
            break
        }
        'landfall;create' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('environment', 'environment', [CompletionResultType]::ParameterValue, 'An environment and its repository')
            [CompletionResult]::new('env', 'env', [CompletionResultType]::ParameterValue, 'An environment and its repository')
            [CompletionResult]::new('quickstart', 'quickstart', [CompletionResultType]::ParameterValue, 'A new app from a sample or from a repository')
            [CompletionResult]::new('qs', 'qs', [CompletionResultType]::ParameterValue, 'A new app from a sample or from a repository')
            [CompletionResult]::new('pack', 'pack', [CompletionResultType]::ParameterValue, 'A pack that works, to be changed into one''s own')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'landfall;create;environment' {
            [CompletionResult]::new('--repo', '--repo', [CompletionResultType]::ParameterName, 'The path or the address of its repository (default: ORG/environment-NAME on the local forge)')
            [CompletionResult]::new('--dir', '--dir', [CompletionResultType]::ParameterName, 'Its folder in the repository')
            [CompletionResult]::new('--order', '--order', [CompletionResultType]::ParameterName, 'Where it stands among the others; promotions go upwards')
            [CompletionResult]::new('--promote', '--promote', [CompletionResultType]::ParameterName, 'Who decides: Auto (checks), Manual (a person), Never')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace of its apps (default: its name)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;create;env' {
            [CompletionResult]::new('--repo', '--repo', [CompletionResultType]::ParameterName, 'The path or the address of its repository (default: ORG/environment-NAME on the local forge)')
            [CompletionResult]::new('--dir', '--dir', [CompletionResultType]::ParameterName, 'Its folder in the repository')
            [CompletionResult]::new('--order', '--order', [CompletionResultType]::ParameterName, 'Where it stands among the others; promotions go upwards')
            [CompletionResult]::new('--promote', '--promote', [CompletionResultType]::ParameterName, 'Who decides: Auto (checks), Manual (a person), Never')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace of its apps (default: its name)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;create;quickstart' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Take the files of a repository instead, at a branch, a tag or a commit')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Call the app and its folder so (default: NAME-quickstart, or the repository''s name)')
            [CompletionResult]::new('--project-name', '--project-name', [CompletionResultType]::ParameterName, 'Call the app and its folder so (default: NAME-quickstart, or the repository''s name)')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Call the app and its folder so (default: NAME-quickstart, or the repository''s name)')
            [CompletionResult]::new('--org', '--org', [CompletionResultType]::ParameterName, 'The owner of the repository on the forge')
            [CompletionResult]::new('--pack', '--pack', [CompletionResultType]::ParameterName, 'Use this pack instead of the detected one')
            [CompletionResult]::new('--dir', '--dir', [CompletionResultType]::ParameterName, 'The folder that the new one is made in (default: the current one)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would be made and change nothing anywhere')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;create;qs' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Take the files of a repository instead, at a branch, a tag or a commit')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Call the app and its folder so (default: NAME-quickstart, or the repository''s name)')
            [CompletionResult]::new('--project-name', '--project-name', [CompletionResultType]::ParameterName, 'Call the app and its folder so (default: NAME-quickstart, or the repository''s name)')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Call the app and its folder so (default: NAME-quickstart, or the repository''s name)')
            [CompletionResult]::new('--org', '--org', [CompletionResultType]::ParameterName, 'The owner of the repository on the forge')
            [CompletionResult]::new('--pack', '--pack', [CompletionResultType]::ParameterName, 'Use this pack instead of the detected one')
            [CompletionResult]::new('--dir', '--dir', [CompletionResultType]::ParameterName, 'The folder that the new one is made in (default: the current one)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would be made and change nothing anywhere')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;create;pack' {
            [CompletionResult]::new('--dir', '--dir', [CompletionResultType]::ParameterName, 'The folder (default: one of that name)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would be written and write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;create;help' {
            [CompletionResult]::new('environment', 'environment', [CompletionResultType]::ParameterValue, 'An environment and its repository')
            [CompletionResult]::new('quickstart', 'quickstart', [CompletionResultType]::ParameterValue, 'A new app from a sample or from a repository')
            [CompletionResult]::new('pack', 'pack', [CompletionResultType]::ParameterValue, 'A pack that works, to be changed into one''s own')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'landfall;create;help;environment' {
            break
        }
        'landfall;create;help;quickstart' {
            break
        }
        'landfall;create;help;pack' {
            break
        }
        'landfall;create;help;help' {
            break
        }
        'landfall;demo' {
            [CompletionResult]::new('--sample', '--sample', [CompletionResultType]::ParameterName, 'The sample app (default: the first whose tools are installed)')
            [CompletionResult]::new('--load', '--load', [CompletionResultType]::ParameterName, 'How long the load lasts, in seconds')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'Leave the scratch folder where it is')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;dependency' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('build', 'build', [CompletionResultType]::ParameterValue, 'Rebuild charts/ from the lock file')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the dependencies of a chart and what charts/ holds of them')
            [CompletionResult]::new('ls', 'ls', [CompletionResultType]::ParameterValue, 'List the dependencies of a chart and what charts/ holds of them')
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Resolve the dependencies of a chart anew and bring charts/ up to date')
            [CompletionResult]::new('up', 'up', [CompletionResultType]::ParameterValue, 'Resolve the dependencies of a chart anew and bring charts/ up to date')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'landfall;dep' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('build', 'build', [CompletionResultType]::ParameterValue, 'Rebuild charts/ from the lock file')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the dependencies of a chart and what charts/ holds of them')
            [CompletionResult]::new('ls', 'ls', [CompletionResultType]::ParameterValue, 'List the dependencies of a chart and what charts/ holds of them')
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Resolve the dependencies of a chart anew and bring charts/ up to date')
            [CompletionResult]::new('up', 'up', [CompletionResultType]::ParameterValue, 'Resolve the dependencies of a chart anew and bring charts/ up to date')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'landfall;dependency;build' {
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'Name for the registry')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'Password for the registry')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Certificates to trust instead of the system''s, for the registry')
            [CompletionResult]::new('--cert-file', '--cert-file', [CompletionResultType]::ParameterName, 'Certificate to show to the registry')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Key of --cert-file')
            [CompletionResult]::new('--repository-config', '--repository-config', [CompletionResultType]::ParameterName, 'Helm''s file of repositories')
            [CompletionResult]::new('--registry-config', '--registry-config', [CompletionResultType]::ParameterName, 'Helm''s file of logins for registries')
            [CompletionResult]::new('--repository-cache', '--repository-cache', [CompletionResultType]::ParameterName, 'repository-cache')
            [CompletionResult]::new('--content-cache', '--content-cache', [CompletionResultType]::ParameterName, 'content-cache')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'n')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'namespace')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'kubeconfig')
            [CompletionResult]::new('--kube-context', '--kube-context', [CompletionResultType]::ParameterName, 'kube-context')
            [CompletionResult]::new('--keyring', '--keyring', [CompletionResultType]::ParameterName, 'The public keys for --verify [default: pubring.gpg of gpg, else pubring.kbx]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--skip-refresh', '--skip-refresh', [CompletionResultType]::ParameterName, 'Take the indexes that were fetched before')
            [CompletionResult]::new('--insecure-skip-tls-verify', '--insecure-skip-tls-verify', [CompletionResultType]::ParameterName, 'Do not check the registry''s certificate')
            [CompletionResult]::new('--plain-http', '--plain-http', [CompletionResultType]::ParameterName, 'Speak http with the registry')
            [CompletionResult]::new('--debug', '--debug', [CompletionResultType]::ParameterName, 'debug')
            [CompletionResult]::new('--verify', '--verify', [CompletionResultType]::ParameterName, 'Check the packages against their signatures')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;dep;build' {
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'Name for the registry')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'Password for the registry')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Certificates to trust instead of the system''s, for the registry')
            [CompletionResult]::new('--cert-file', '--cert-file', [CompletionResultType]::ParameterName, 'Certificate to show to the registry')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Key of --cert-file')
            [CompletionResult]::new('--repository-config', '--repository-config', [CompletionResultType]::ParameterName, 'Helm''s file of repositories')
            [CompletionResult]::new('--registry-config', '--registry-config', [CompletionResultType]::ParameterName, 'Helm''s file of logins for registries')
            [CompletionResult]::new('--repository-cache', '--repository-cache', [CompletionResultType]::ParameterName, 'repository-cache')
            [CompletionResult]::new('--content-cache', '--content-cache', [CompletionResultType]::ParameterName, 'content-cache')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'n')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'namespace')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'kubeconfig')
            [CompletionResult]::new('--kube-context', '--kube-context', [CompletionResultType]::ParameterName, 'kube-context')
            [CompletionResult]::new('--keyring', '--keyring', [CompletionResultType]::ParameterName, 'The public keys for --verify [default: pubring.gpg of gpg, else pubring.kbx]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--skip-refresh', '--skip-refresh', [CompletionResultType]::ParameterName, 'Take the indexes that were fetched before')
            [CompletionResult]::new('--insecure-skip-tls-verify', '--insecure-skip-tls-verify', [CompletionResultType]::ParameterName, 'Do not check the registry''s certificate')
            [CompletionResult]::new('--plain-http', '--plain-http', [CompletionResultType]::ParameterName, 'Speak http with the registry')
            [CompletionResult]::new('--debug', '--debug', [CompletionResultType]::ParameterName, 'debug')
            [CompletionResult]::new('--verify', '--verify', [CompletionResultType]::ParameterName, 'Check the packages against their signatures')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;dependency;list' {
            [CompletionResult]::new('--max-col-width', '--max-col-width', [CompletionResultType]::ParameterName, 'The widest that a column may be; 0 is without limit')
            [CompletionResult]::new('--repository-cache', '--repository-cache', [CompletionResultType]::ParameterName, 'repository-cache')
            [CompletionResult]::new('--content-cache', '--content-cache', [CompletionResultType]::ParameterName, 'content-cache')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'n')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'namespace')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'kubeconfig')
            [CompletionResult]::new('--kube-context', '--kube-context', [CompletionResultType]::ParameterName, 'kube-context')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--debug', '--debug', [CompletionResultType]::ParameterName, 'debug')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;dependency;ls' {
            [CompletionResult]::new('--max-col-width', '--max-col-width', [CompletionResultType]::ParameterName, 'The widest that a column may be; 0 is without limit')
            [CompletionResult]::new('--repository-cache', '--repository-cache', [CompletionResultType]::ParameterName, 'repository-cache')
            [CompletionResult]::new('--content-cache', '--content-cache', [CompletionResultType]::ParameterName, 'content-cache')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'n')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'namespace')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'kubeconfig')
            [CompletionResult]::new('--kube-context', '--kube-context', [CompletionResultType]::ParameterName, 'kube-context')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--debug', '--debug', [CompletionResultType]::ParameterName, 'debug')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;dep;list' {
            [CompletionResult]::new('--max-col-width', '--max-col-width', [CompletionResultType]::ParameterName, 'The widest that a column may be; 0 is without limit')
            [CompletionResult]::new('--repository-cache', '--repository-cache', [CompletionResultType]::ParameterName, 'repository-cache')
            [CompletionResult]::new('--content-cache', '--content-cache', [CompletionResultType]::ParameterName, 'content-cache')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'n')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'namespace')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'kubeconfig')
            [CompletionResult]::new('--kube-context', '--kube-context', [CompletionResultType]::ParameterName, 'kube-context')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--debug', '--debug', [CompletionResultType]::ParameterName, 'debug')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;dep;ls' {
            [CompletionResult]::new('--max-col-width', '--max-col-width', [CompletionResultType]::ParameterName, 'The widest that a column may be; 0 is without limit')
            [CompletionResult]::new('--repository-cache', '--repository-cache', [CompletionResultType]::ParameterName, 'repository-cache')
            [CompletionResult]::new('--content-cache', '--content-cache', [CompletionResultType]::ParameterName, 'content-cache')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'n')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'namespace')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'kubeconfig')
            [CompletionResult]::new('--kube-context', '--kube-context', [CompletionResultType]::ParameterName, 'kube-context')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--debug', '--debug', [CompletionResultType]::ParameterName, 'debug')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;dependency;update' {
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'Name for the registry')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'Password for the registry')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Certificates to trust instead of the system''s, for the registry')
            [CompletionResult]::new('--cert-file', '--cert-file', [CompletionResultType]::ParameterName, 'Certificate to show to the registry')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Key of --cert-file')
            [CompletionResult]::new('--repository-config', '--repository-config', [CompletionResultType]::ParameterName, 'Helm''s file of repositories')
            [CompletionResult]::new('--registry-config', '--registry-config', [CompletionResultType]::ParameterName, 'Helm''s file of logins for registries')
            [CompletionResult]::new('--repository-cache', '--repository-cache', [CompletionResultType]::ParameterName, 'repository-cache')
            [CompletionResult]::new('--content-cache', '--content-cache', [CompletionResultType]::ParameterName, 'content-cache')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'n')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'namespace')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'kubeconfig')
            [CompletionResult]::new('--kube-context', '--kube-context', [CompletionResultType]::ParameterName, 'kube-context')
            [CompletionResult]::new('--keyring', '--keyring', [CompletionResultType]::ParameterName, 'The public keys for --verify [default: pubring.gpg of gpg, else pubring.kbx]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--skip-refresh', '--skip-refresh', [CompletionResultType]::ParameterName, 'Take the indexes that were fetched before')
            [CompletionResult]::new('--insecure-skip-tls-verify', '--insecure-skip-tls-verify', [CompletionResultType]::ParameterName, 'Do not check the registry''s certificate')
            [CompletionResult]::new('--plain-http', '--plain-http', [CompletionResultType]::ParameterName, 'Speak http with the registry')
            [CompletionResult]::new('--debug', '--debug', [CompletionResultType]::ParameterName, 'debug')
            [CompletionResult]::new('--verify', '--verify', [CompletionResultType]::ParameterName, 'Check the packages against their signatures')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;dependency;up' {
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'Name for the registry')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'Password for the registry')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Certificates to trust instead of the system''s, for the registry')
            [CompletionResult]::new('--cert-file', '--cert-file', [CompletionResultType]::ParameterName, 'Certificate to show to the registry')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Key of --cert-file')
            [CompletionResult]::new('--repository-config', '--repository-config', [CompletionResultType]::ParameterName, 'Helm''s file of repositories')
            [CompletionResult]::new('--registry-config', '--registry-config', [CompletionResultType]::ParameterName, 'Helm''s file of logins for registries')
            [CompletionResult]::new('--repository-cache', '--repository-cache', [CompletionResultType]::ParameterName, 'repository-cache')
            [CompletionResult]::new('--content-cache', '--content-cache', [CompletionResultType]::ParameterName, 'content-cache')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'n')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'namespace')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'kubeconfig')
            [CompletionResult]::new('--kube-context', '--kube-context', [CompletionResultType]::ParameterName, 'kube-context')
            [CompletionResult]::new('--keyring', '--keyring', [CompletionResultType]::ParameterName, 'The public keys for --verify [default: pubring.gpg of gpg, else pubring.kbx]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--skip-refresh', '--skip-refresh', [CompletionResultType]::ParameterName, 'Take the indexes that were fetched before')
            [CompletionResult]::new('--insecure-skip-tls-verify', '--insecure-skip-tls-verify', [CompletionResultType]::ParameterName, 'Do not check the registry''s certificate')
            [CompletionResult]::new('--plain-http', '--plain-http', [CompletionResultType]::ParameterName, 'Speak http with the registry')
            [CompletionResult]::new('--debug', '--debug', [CompletionResultType]::ParameterName, 'debug')
            [CompletionResult]::new('--verify', '--verify', [CompletionResultType]::ParameterName, 'Check the packages against their signatures')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;dep;update' {
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'Name for the registry')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'Password for the registry')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Certificates to trust instead of the system''s, for the registry')
            [CompletionResult]::new('--cert-file', '--cert-file', [CompletionResultType]::ParameterName, 'Certificate to show to the registry')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Key of --cert-file')
            [CompletionResult]::new('--repository-config', '--repository-config', [CompletionResultType]::ParameterName, 'Helm''s file of repositories')
            [CompletionResult]::new('--registry-config', '--registry-config', [CompletionResultType]::ParameterName, 'Helm''s file of logins for registries')
            [CompletionResult]::new('--repository-cache', '--repository-cache', [CompletionResultType]::ParameterName, 'repository-cache')
            [CompletionResult]::new('--content-cache', '--content-cache', [CompletionResultType]::ParameterName, 'content-cache')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'n')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'namespace')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'kubeconfig')
            [CompletionResult]::new('--kube-context', '--kube-context', [CompletionResultType]::ParameterName, 'kube-context')
            [CompletionResult]::new('--keyring', '--keyring', [CompletionResultType]::ParameterName, 'The public keys for --verify [default: pubring.gpg of gpg, else pubring.kbx]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--skip-refresh', '--skip-refresh', [CompletionResultType]::ParameterName, 'Take the indexes that were fetched before')
            [CompletionResult]::new('--insecure-skip-tls-verify', '--insecure-skip-tls-verify', [CompletionResultType]::ParameterName, 'Do not check the registry''s certificate')
            [CompletionResult]::new('--plain-http', '--plain-http', [CompletionResultType]::ParameterName, 'Speak http with the registry')
            [CompletionResult]::new('--debug', '--debug', [CompletionResultType]::ParameterName, 'debug')
            [CompletionResult]::new('--verify', '--verify', [CompletionResultType]::ParameterName, 'Check the packages against their signatures')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;dep;up' {
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'Name for the registry')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'Password for the registry')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Certificates to trust instead of the system''s, for the registry')
            [CompletionResult]::new('--cert-file', '--cert-file', [CompletionResultType]::ParameterName, 'Certificate to show to the registry')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Key of --cert-file')
            [CompletionResult]::new('--repository-config', '--repository-config', [CompletionResultType]::ParameterName, 'Helm''s file of repositories')
            [CompletionResult]::new('--registry-config', '--registry-config', [CompletionResultType]::ParameterName, 'Helm''s file of logins for registries')
            [CompletionResult]::new('--repository-cache', '--repository-cache', [CompletionResultType]::ParameterName, 'repository-cache')
            [CompletionResult]::new('--content-cache', '--content-cache', [CompletionResultType]::ParameterName, 'content-cache')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'n')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'namespace')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'kubeconfig')
            [CompletionResult]::new('--kube-context', '--kube-context', [CompletionResultType]::ParameterName, 'kube-context')
            [CompletionResult]::new('--keyring', '--keyring', [CompletionResultType]::ParameterName, 'The public keys for --verify [default: pubring.gpg of gpg, else pubring.kbx]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--skip-refresh', '--skip-refresh', [CompletionResultType]::ParameterName, 'Take the indexes that were fetched before')
            [CompletionResult]::new('--insecure-skip-tls-verify', '--insecure-skip-tls-verify', [CompletionResultType]::ParameterName, 'Do not check the registry''s certificate')
            [CompletionResult]::new('--plain-http', '--plain-http', [CompletionResultType]::ParameterName, 'Speak http with the registry')
            [CompletionResult]::new('--debug', '--debug', [CompletionResultType]::ParameterName, 'debug')
            [CompletionResult]::new('--verify', '--verify', [CompletionResultType]::ParameterName, 'Check the packages against their signatures')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;dependency;help' {
            [CompletionResult]::new('build', 'build', [CompletionResultType]::ParameterValue, 'Rebuild charts/ from the lock file')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the dependencies of a chart and what charts/ holds of them')
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Resolve the dependencies of a chart anew and bring charts/ up to date')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'landfall;dependency;help;build' {
            break
        }
        'landfall;dependency;help;list' {
            break
        }
        'landfall;dependency;help;update' {
            break
        }
        'landfall;dependency;help;help' {
            break
        }
        'landfall;dep;help' {
            [CompletionResult]::new('build', 'build', [CompletionResultType]::ParameterValue, 'Rebuild charts/ from the lock file')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the dependencies of a chart and what charts/ holds of them')
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Resolve the dependencies of a chart anew and bring charts/ up to date')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'landfall;dep;help;build' {
            break
        }
        'landfall;dep;help;list' {
            break
        }
        'landfall;dep;help;update' {
            break
        }
        'landfall;dep;help;help' {
            break
        }
        'landfall;describe' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('pack', 'pack', [CompletionResultType]::ParameterValue, 'A pack: what it writes, its variables, its parents')
            [CompletionResult]::new('packs', 'packs', [CompletionResultType]::ParameterValue, 'A pack: what it writes, its variables, its parents')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'landfall;describe;pack' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;describe;packs' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;describe;help' {
            [CompletionResult]::new('pack', 'pack', [CompletionResultType]::ParameterValue, 'A pack: what it writes, its variables, its parents')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'landfall;describe;help;pack' {
            break
        }
        'landfall;describe;help;help' {
            break
        }
        'landfall;detect' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;down' {
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for the end, in seconds')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;edit' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('deploy', 'deploy', [CompletionResultType]::ParameterValue, 'How the app is deployed: knative, default or hpa')
            [CompletionResult]::new('deployment', 'deployment', [CompletionResultType]::ParameterValue, 'How the app is deployed: knative, default or hpa')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'landfall;edit;deploy' {
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'The same, as jx takes it')
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'The same, as jx takes it')
            [CompletionResult]::new('--min-replicas', '--min-replicas', [CompletionResultType]::ParameterName, 'The least number of replicas (hpa)')
            [CompletionResult]::new('--max-replicas', '--max-replicas', [CompletionResultType]::ParameterName, 'The most replicas (hpa)')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'The chart''s folder (default: the app''s)')
            [CompletionResult]::new('--dir', '--dir', [CompletionResultType]::ParameterName, 'The repository (default: the current folder)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--commit', '--commit', [CompletionResultType]::ParameterName, 'Commit the file, and only it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the difference and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;edit;deployment' {
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'The same, as jx takes it')
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'The same, as jx takes it')
            [CompletionResult]::new('--min-replicas', '--min-replicas', [CompletionResultType]::ParameterName, 'The least number of replicas (hpa)')
            [CompletionResult]::new('--max-replicas', '--max-replicas', [CompletionResultType]::ParameterName, 'The most replicas (hpa)')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'The chart''s folder (default: the app''s)')
            [CompletionResult]::new('--dir', '--dir', [CompletionResultType]::ParameterName, 'The repository (default: the current folder)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--commit', '--commit', [CompletionResultType]::ParameterName, 'Commit the file, and only it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the difference and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;edit;help' {
            [CompletionResult]::new('deploy', 'deploy', [CompletionResultType]::ParameterValue, 'How the app is deployed: knative, default or hpa')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'landfall;edit;help;deploy' {
            break
        }
        'landfall;edit;help;help' {
            break
        }
        'landfall;explain' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;gc' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('activities', 'activities', [CompletionResultType]::ParameterValue, 'Old runs with their logs')
            [CompletionResult]::new('activity', 'activity', [CompletionResultType]::ParameterValue, 'Old runs with their logs')
            [CompletionResult]::new('act', 'act', [CompletionResultType]::ParameterValue, 'Old runs with their logs')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'landfall;gc;activities' {
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'How many runs of each pipeline to keep')
            [CompletionResult]::new('--older-than', '--older-than', [CompletionResultType]::ParameterName, 'Only runs that ended more than so many days ago')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Only say what would be removed')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;gc;activity' {
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'How many runs of each pipeline to keep')
            [CompletionResult]::new('--older-than', '--older-than', [CompletionResultType]::ParameterName, 'Only runs that ended more than so many days ago')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Only say what would be removed')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;gc;act' {
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'How many runs of each pipeline to keep')
            [CompletionResult]::new('--older-than', '--older-than', [CompletionResultType]::ParameterName, 'Only runs that ended more than so many days ago')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Only say what would be removed')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;gc;help' {
            [CompletionResult]::new('activities', 'activities', [CompletionResultType]::ParameterValue, 'Old runs with their logs')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'landfall;gc;help;activities' {
            break
        }
        'landfall;gc;help;help' {
            break
        }
        'landfall;get' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('activities', 'activities', [CompletionResultType]::ParameterValue, 'Pipeline runs and promotions with their stages and steps')
            [CompletionResult]::new('activity', 'activity', [CompletionResultType]::ParameterValue, 'Pipeline runs and promotions with their stages and steps')
            [CompletionResult]::new('act', 'act', [CompletionResultType]::ParameterValue, 'Pipeline runs and promotions with their stages and steps')
            [CompletionResult]::new('applications', 'applications', [CompletionResultType]::ParameterValue, 'The apps in each environment: version, instances, and where they answer')
            [CompletionResult]::new('application', 'application', [CompletionResultType]::ParameterValue, 'The apps in each environment: version, instances, and where they answer')
            [CompletionResult]::new('app', 'app', [CompletionResultType]::ParameterValue, 'The apps in each environment: version, instances, and where they answer')
            [CompletionResult]::new('apps', 'apps', [CompletionResultType]::ParameterValue, 'The apps in each environment: version, instances, and where they answer')
            [CompletionResult]::new('environments', 'environments', [CompletionResultType]::ParameterValue, 'The environments, in the order of promotion')
            [CompletionResult]::new('environment', 'environment', [CompletionResultType]::ParameterValue, 'The environments, in the order of promotion')
            [CompletionResult]::new('env', 'env', [CompletionResultType]::ParameterValue, 'The environments, in the order of promotion')
            [CompletionResult]::new('packs', 'packs', [CompletionResultType]::ParameterValue, 'The packs there are')
            [CompletionResult]::new('pack', 'pack', [CompletionResultType]::ParameterValue, 'The packs there are')
            [CompletionResult]::new('pipelines', 'pipelines', [CompletionResultType]::ParameterValue, 'The pipelines that have run')
            [CompletionResult]::new('pipeline', 'pipeline', [CompletionResultType]::ParameterValue, 'The pipelines that have run')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'landfall;get;activities' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Only those with this text in their name or pipeline')
            [CompletionResult]::new('--filter', '--filter', [CompletionResultType]::ParameterName, 'Only those with this text in their name or pipeline')
            [CompletionResult]::new('--build', '--build', [CompletionResultType]::ParameterName, 'Only this build number')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Only the newest so many')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-w', '-w', [CompletionResultType]::ParameterName, 'Go on and show what changes')
            [CompletionResult]::new('--watch', '--watch', [CompletionResultType]::ParameterName, 'Go on and show what changes')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'Sort by the time of the start; what has not started comes last')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by the time of the start; what has not started comes last')
            [CompletionResult]::new('--exit-status', '--exit-status', [CompletionResultType]::ParameterName, 'End as the runs end: with --watch once all have, with the worst outcome as the status. What ended before a newer run of the same pipeline is left out then, unless --build or --limit choose')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;get;activity' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Only those with this text in their name or pipeline')
            [CompletionResult]::new('--filter', '--filter', [CompletionResultType]::ParameterName, 'Only those with this text in their name or pipeline')
            [CompletionResult]::new('--build', '--build', [CompletionResultType]::ParameterName, 'Only this build number')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Only the newest so many')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-w', '-w', [CompletionResultType]::ParameterName, 'Go on and show what changes')
            [CompletionResult]::new('--watch', '--watch', [CompletionResultType]::ParameterName, 'Go on and show what changes')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'Sort by the time of the start; what has not started comes last')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by the time of the start; what has not started comes last')
            [CompletionResult]::new('--exit-status', '--exit-status', [CompletionResultType]::ParameterName, 'End as the runs end: with --watch once all have, with the worst outcome as the status. What ended before a newer run of the same pipeline is left out then, unless --build or --limit choose')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;get;act' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Only those with this text in their name or pipeline')
            [CompletionResult]::new('--filter', '--filter', [CompletionResultType]::ParameterName, 'Only those with this text in their name or pipeline')
            [CompletionResult]::new('--build', '--build', [CompletionResultType]::ParameterName, 'Only this build number')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Only the newest so many')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-w', '-w', [CompletionResultType]::ParameterName, 'Go on and show what changes')
            [CompletionResult]::new('--watch', '--watch', [CompletionResultType]::ParameterName, 'Go on and show what changes')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'Sort by the time of the start; what has not started comes last')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by the time of the start; what has not started comes last')
            [CompletionResult]::new('--exit-status', '--exit-status', [CompletionResultType]::ParameterName, 'End as the runs end: with --watch once all have, with the worst outcome as the status. What ended before a newer run of the same pipeline is left out then, unless --build or --limit choose')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;get;applications' {
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Only in this environment')
            [CompletionResult]::new('--env', '--env', [CompletionResultType]::ParameterName, 'Only in this environment')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;get;application' {
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Only in this environment')
            [CompletionResult]::new('--env', '--env', [CompletionResultType]::ParameterName, 'Only in this environment')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;get;app' {
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Only in this environment')
            [CompletionResult]::new('--env', '--env', [CompletionResultType]::ParameterName, 'Only in this environment')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;get;apps' {
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Only in this environment')
            [CompletionResult]::new('--env', '--env', [CompletionResultType]::ParameterName, 'Only in this environment')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;get;environments' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;get;environment' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;get;env' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;get;packs' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;get;pack' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;get;pipelines' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Only those with this text in their name')
            [CompletionResult]::new('--filter', '--filter', [CompletionResultType]::ParameterName, 'Only those with this text in their name')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;get;pipeline' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Only those with this text in their name')
            [CompletionResult]::new('--filter', '--filter', [CompletionResultType]::ParameterName, 'Only those with this text in their name')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;get;help' {
            [CompletionResult]::new('activities', 'activities', [CompletionResultType]::ParameterValue, 'Pipeline runs and promotions with their stages and steps')
            [CompletionResult]::new('applications', 'applications', [CompletionResultType]::ParameterValue, 'The apps in each environment: version, instances, and where they answer')
            [CompletionResult]::new('environments', 'environments', [CompletionResultType]::ParameterValue, 'The environments, in the order of promotion')
            [CompletionResult]::new('packs', 'packs', [CompletionResultType]::ParameterValue, 'The packs there are')
            [CompletionResult]::new('pipelines', 'pipelines', [CompletionResultType]::ParameterValue, 'The pipelines that have run')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'landfall;get;help;activities' {
            break
        }
        'landfall;get;help;applications' {
            break
        }
        'landfall;get;help;environments' {
            break
        }
        'landfall;get;help;packs' {
            break
        }
        'landfall;get;help;pipelines' {
            break
        }
        'landfall;get;help;help' {
            break
        }
        'landfall;import' {
            [CompletionResult]::new('--pack', '--pack', [CompletionResultType]::ParameterName, 'Use this pack instead of the detected one: a name, ./FOLDER, or URL//DIR@REVISION of a Git repository')
            [CompletionResult]::new('--app', '--app', [CompletionResultType]::ParameterName, 'Import the app in this folder, and call it so (repeatable)')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Call the app so; with several apps, --app or --all, the repository')
            [CompletionResult]::new('--org', '--org', [CompletionResultType]::ParameterName, 'The owner of the repository on the forge')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Set a value of the plan, such as a variable of the pack, of the app in DIR where there are several (repeatable)')
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'The port that the app listens on')
            [CompletionResult]::new('--deploy-kind', '--deploy-kind', [CompletionResultType]::ParameterName, 'Run it as a Knative Service, asleep when idle, or as a Deployment')
            [CompletionResult]::new('--branch', '--branch', [CompletionResultType]::ParameterName, 'Make the commit on this new branch, and open a pull request from it')
            [CompletionResult]::new('--plan', '--plan', [CompletionResultType]::ParameterName, 'Do what this plan says, as `--dry-run -o json` printed it; - reads it from standard input')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Import every app that is found, and those that --app names')
            [CompletionResult]::new('--convert-charts', '--convert-charts', [CompletionResultType]::ParameterName, 'First bring Knative Services of an old chart into the form of today, in a commit of their own')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the plan and change nothing anywhere')
            [CompletionResult]::new('--undo', '--undo', [CompletionResultType]::ParameterName, 'Take back what the last import did here, done or half done')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;logs' {
            [CompletionResult]::new('--build', '--build', [CompletionResultType]::ParameterName, 'The build number, where the name is that of a pipeline')
            [CompletionResult]::new('--step', '--step', [CompletionResultType]::ParameterName, 'Only this step or task: STEP, TASK or TASK/STEP')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--follow', '--follow', [CompletionResultType]::ParameterName, 'Go on until the run ends')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'Print the bytes as they are, without prefixes')
            [CompletionResult]::new('--exit-status', '--exit-status', [CompletionResultType]::ParameterName, 'End with the run''s outcome as the status')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;next-version' {
            [CompletionResult]::new('--dir', '--dir', [CompletionResultType]::ParameterName, 'The repository (default: the current folder)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;pack' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('lint', 'lint', [CompletionResultType]::ParameterValue, 'Check a pack: pack.yaml, templates, Dockerfile, chart and pipelines')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Import a pack''s own sample into a scratch repository and run its pipeline')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'landfall;pack;lint' {
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Set a variable that has no default (repeatable)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Fail on warnings too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;pack;test' {
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Set a value of the import (repeatable)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long the pipeline may take, in seconds')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'Leave the scratch folder where it is')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;pack;help' {
            [CompletionResult]::new('lint', 'lint', [CompletionResultType]::ParameterValue, 'Check a pack: pack.yaml, templates, Dockerfile, chart and pipelines')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Import a pack''s own sample into a scratch repository and run its pipeline')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'landfall;pack;help;lint' {
            break
        }
        'landfall;pack;help;test' {
            break
        }
        'landfall;pack;help;help' {
            break
        }
        'landfall;step' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('checkout', 'checkout', [CompletionResultType]::ParameterValue, 'Put a commit into the current folder')
            [CompletionResult]::new('image', 'image', [CompletionResultType]::ParameterValue, 'Make the image from what the build left')
            [CompletionResult]::new('chart', 'chart', [CompletionResultType]::ParameterValue, 'Package the chart of a release')
            [CompletionResult]::new('tag', 'tag', [CompletionResultType]::ParameterValue, 'Tag the commit with its version')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'landfall;step;checkout' {
            [CompletionResult]::new('--url', '--url', [CompletionResultType]::ParameterName, 'Where Git reaches the repository')
            [CompletionResult]::new('--revision', '--revision', [CompletionResultType]::ParameterName, 'The commit')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;step;image' {
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'The version of the release')
            [CompletionResult]::new('--builder', '--builder', [CompletionResultType]::ParameterName, 'Build the Dockerfile too, with this program, as dev.local/APP:VERSION')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;step;chart' {
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'The version of the release')
            [CompletionResult]::new('--digest', '--digest', [CompletionResultType]::ParameterName, 'The digest of the image, as `landfall step image` printed it')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'The chart''s folder (default: the app''s in charts/)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;step;tag' {
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'The version of the release')
            [CompletionResult]::new('--remote', '--remote', [CompletionResultType]::ParameterName, 'The remote to push to')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;step;help' {
            [CompletionResult]::new('checkout', 'checkout', [CompletionResultType]::ParameterValue, 'Put a commit into the current folder')
            [CompletionResult]::new('image', 'image', [CompletionResultType]::ParameterValue, 'Make the image from what the build left')
            [CompletionResult]::new('chart', 'chart', [CompletionResultType]::ParameterValue, 'Package the chart of a release')
            [CompletionResult]::new('tag', 'tag', [CompletionResultType]::ParameterValue, 'Tag the commit with its version')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'landfall;step;help;checkout' {
            break
        }
        'landfall;step;help;image' {
            break
        }
        'landfall;step;help;chart' {
            break
        }
        'landfall;step;help;tag' {
            break
        }
        'landfall;step;help;help' {
            break
        }
        'landfall;serve' {
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'The gateway''s port; the next free one when it is taken')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--background', '--background', [CompletionResultType]::ParameterName, 'Detach from the terminal; how `landfall up` starts it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;serve-static' {
            [CompletionResult]::new('--root', '--root', [CompletionResultType]::ParameterName, 'The folder of the site')
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'Where to listen (default: PORT of the environment, else 8080)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;start' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('pipeline', 'pipeline', [CompletionResultType]::ParameterValue, 'Run a pipeline here')
            [CompletionResult]::new('pipelines', 'pipelines', [CompletionResultType]::ParameterValue, 'Run a pipeline here')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'landfall;start;pipeline' {
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file with the run')
            [CompletionResult]::new('--logs', '--logs', [CompletionResultType]::ParameterName, 'Write the output of steps into this folder, one file a step')
            [CompletionResult]::new('--runner', '--runner', [CompletionResultType]::ParameterName, 'Where steps run (default: isolated where that works, else host)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--alpha', '--alpha', [CompletionResultType]::ParameterName, 'Turn on what a stock Tekton has off')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Fail if anything is not simulated')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;start;pipelines' {
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file with the run')
            [CompletionResult]::new('--logs', '--logs', [CompletionResultType]::ParameterName, 'Write the output of steps into this folder, one file a step')
            [CompletionResult]::new('--runner', '--runner', [CompletionResultType]::ParameterName, 'Where steps run (default: isolated where that works, else host)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--alpha', '--alpha', [CompletionResultType]::ParameterName, 'Turn on what a stock Tekton has off')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Fail if anything is not simulated')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;start;help' {
            [CompletionResult]::new('pipeline', 'pipeline', [CompletionResultType]::ParameterValue, 'Run a pipeline here')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'landfall;start;help;pipeline' {
            break
        }
        'landfall;start;help;help' {
            break
        }
        'landfall;status' {
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Only this environment')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'Only this environment')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;stop' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('pipeline', 'pipeline', [CompletionResultType]::ParameterValue, 'Cancel a pipeline run and wait until it has ended')
            [CompletionResult]::new('pipelines', 'pipelines', [CompletionResultType]::ParameterValue, 'Cancel a pipeline run and wait until it has ended')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'landfall;stop;pipeline' {
            [CompletionResult]::new('--grace', '--grace', [CompletionResultType]::ParameterName, 'End it more gently')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Give up waiting after so many seconds; the run still ends')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;stop;pipelines' {
            [CompletionResult]::new('--grace', '--grace', [CompletionResultType]::ParameterName, 'End it more gently')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Give up waiting after so many seconds; the run still ends')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;stop;help' {
            [CompletionResult]::new('pipeline', 'pipeline', [CompletionResultType]::ParameterValue, 'Cancel a pipeline run and wait until it has ended')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'landfall;stop;help;pipeline' {
            break
        }
        'landfall;stop;help;help' {
            break
        }
        'landfall;up' {
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'The gateway''s port; the next free one when it is taken')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;upgrade' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('pack', 'pack', [CompletionResultType]::ParameterValue, 'Merge a newer pack into what you made of the older one')
            [CompletionResult]::new('packs', 'packs', [CompletionResultType]::ParameterValue, 'Merge a newer pack into what you made of the older one')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'landfall;upgrade;pack' {
            [CompletionResult]::new('--revision', '--revision', [CompletionResultType]::ParameterName, 'The tag, branch or commit of a pack from Git')
            [CompletionResult]::new('--pack', '--pack', [CompletionResultType]::ParameterName, 'Where the newer pack is, when it is not where the older one came from')
            [CompletionResult]::new('--branch', '--branch', [CompletionResultType]::ParameterName, 'Put the upgrade on this new branch and open a pull request')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the plan and change nothing anywhere')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;upgrade;packs' {
            [CompletionResult]::new('--revision', '--revision', [CompletionResultType]::ParameterName, 'The tag, branch or commit of a pack from Git')
            [CompletionResult]::new('--pack', '--pack', [CompletionResultType]::ParameterName, 'Where the newer pack is, when it is not where the older one came from')
            [CompletionResult]::new('--branch', '--branch', [CompletionResultType]::ParameterName, 'Put the upgrade on this new branch and open a pull request')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the plan and change nothing anywhere')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;upgrade;help' {
            [CompletionResult]::new('pack', 'pack', [CompletionResultType]::ParameterValue, 'Merge a newer pack into what you made of the older one')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'landfall;upgrade;help;pack' {
            break
        }
        'landfall;upgrade;help;help' {
            break
        }
        'landfall;render' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Name of the release [default: the folder''s name]')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Values from a YAML file (repeatable, also separated by commas; - is standard input)')
            [CompletionResult]::new('--values', '--values', [CompletionResultType]::ParameterName, 'Values from a YAML file (repeatable, also separated by commas; - is standard input)')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Set values: key1=val1,key2=val2 (repeatable)')
            [CompletionResult]::new('--set-string', '--set-string', [CompletionResultType]::ParameterName, 'Set values that are always text (repeatable)')
            [CompletionResult]::new('--set-file', '--set-file', [CompletionResultType]::ParameterName, 'Set values to the contents of files: key1=path1 (repeatable)')
            [CompletionResult]::new('--set-json', '--set-json', [CompletionResultType]::ParameterName, 'Set values to JSON: key1=json1, or one JSON object (repeatable)')
            [CompletionResult]::new('--set-literal', '--set-literal', [CompletionResultType]::ParameterName, 'Set a value to the rest of the flag as it is (repeatable)')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Namespace of the release')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'Namespace of the release')
            [CompletionResult]::new('--kube-version', '--kube-version', [CompletionResultType]::ParameterName, 'Kubernetes version that the chart sees')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'API versions that the chart sees besides the usual ones (repeatable, also separated by commas)')
            [CompletionResult]::new('--api-versions', '--api-versions', [CompletionResultType]::ParameterName, 'API versions that the chart sees besides the usual ones (repeatable, also separated by commas)')
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'Say where things come from instead of printing them: all lines in short, or line 12, lines 12-20, or a value such as image.tag')
            [CompletionResult]::new('--deterministic', '--deterministic', [CompletionResultType]::ParameterName, 'Print the same bytes in each run: random values follow from the seed, and the clock stands still. Keys and passwords made so are known to everyone who has the chart')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--is-upgrade', '--is-upgrade', [CompletionResultType]::ParameterName, 'Tell the chart that it is an upgrade')
            [CompletionResult]::new('--skip-schema-validation', '--skip-schema-validation', [CompletionResultType]::ParameterName, 'Do not check values against values.schema.json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;lint' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Values from a YAML file (repeatable, also separated by commas; - is standard input)')
            [CompletionResult]::new('--values', '--values', [CompletionResultType]::ParameterName, 'Values from a YAML file (repeatable, also separated by commas; - is standard input)')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Set values: key1=val1,key2=val2 (repeatable)')
            [CompletionResult]::new('--set-string', '--set-string', [CompletionResultType]::ParameterName, 'Set values that are always text (repeatable)')
            [CompletionResult]::new('--set-file', '--set-file', [CompletionResultType]::ParameterName, 'Set values to the contents of files: key1=path1 (repeatable)')
            [CompletionResult]::new('--set-json', '--set-json', [CompletionResultType]::ParameterName, 'Set values to JSON: key1=json1, or one JSON object (repeatable)')
            [CompletionResult]::new('--set-literal', '--set-literal', [CompletionResultType]::ParameterName, 'Set a value to the rest of the flag as it is (repeatable)')
            [CompletionResult]::new('--kube-version', '--kube-version', [CompletionResultType]::ParameterName, 'Kubernetes version that the chart sees, and that removed API versions are looked up for')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How findings are printed [default: text]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How findings are printed [default: text]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Namespace of the release')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'Namespace of the release')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'Where the namespace comes from when none is given')
            [CompletionResult]::new('--kube-context', '--kube-context', [CompletionResultType]::ParameterName, 'The context of the kubeconfig whose namespace is taken')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Fail on warnings too')
            [CompletionResult]::new('--with-subcharts', '--with-subcharts', [CompletionResultType]::ParameterName, 'Check the charts of charts/ too')
            [CompletionResult]::new('--skip-schema-validation', '--skip-schema-validation', [CompletionResultType]::ParameterName, 'Do not check values against values.schema.json')
            [CompletionResult]::new('--helm-only', '--helm-only', [CompletionResultType]::ParameterName, 'Say only what helm lint says')
            [CompletionResult]::new('--debug', '--debug', [CompletionResultType]::ParameterName, 'Say more, and print what was rendered even where it is no YAML')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;template' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Values from a YAML file (repeatable, also separated by commas; - is standard input)')
            [CompletionResult]::new('--values', '--values', [CompletionResultType]::ParameterName, 'Values from a YAML file (repeatable, also separated by commas; - is standard input)')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Set values: key1=val1,key2=val2 (repeatable)')
            [CompletionResult]::new('--set-string', '--set-string', [CompletionResultType]::ParameterName, 'Set values that are always text (repeatable)')
            [CompletionResult]::new('--set-file', '--set-file', [CompletionResultType]::ParameterName, 'Set values to the contents of files: key1=path1 (repeatable)')
            [CompletionResult]::new('--set-json', '--set-json', [CompletionResultType]::ParameterName, 'Set values to JSON: key1=json1, or one JSON object (repeatable)')
            [CompletionResult]::new('--set-literal', '--set-literal', [CompletionResultType]::ParameterName, 'Set a value to the rest of the flag as it is (repeatable)')
            [CompletionResult]::new('--kube-version', '--kube-version', [CompletionResultType]::ParameterName, 'Kubernetes version that the chart sees')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'API versions that the chart sees besides the usual ones (repeatable, also separated by commas)')
            [CompletionResult]::new('--api-versions', '--api-versions', [CompletionResultType]::ParameterName, 'API versions that the chart sees besides the usual ones (repeatable, also separated by commas)')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'Show only the documents of these templates (repeatable)')
            [CompletionResult]::new('--show-only', '--show-only', [CompletionResultType]::ParameterName, 'Show only the documents of these templates (repeatable)')
            [CompletionResult]::new('--output-dir', '--output-dir', [CompletionResultType]::ParameterName, 'Write files into this folder instead of standard output')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'With server, refuse documents whose API version the Kubernetes of --kube-version does not serve')
            [CompletionResult]::new('--name-template', '--name-template', [CompletionResultType]::ParameterName, 'A template for the name of the release')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Version of a chart from a repository, or a constraint [default: the highest]')
            [CompletionResult]::new('--repo', '--repo', [CompletionResultType]::ParameterName, 'The repository that has the chart')
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'Name for the repository or registry')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'Password for the repository or registry')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Certificates to trust instead of the system''s')
            [CompletionResult]::new('--cert-file', '--cert-file', [CompletionResultType]::ParameterName, 'Certificate to show to the server')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Key of --cert-file')
            [CompletionResult]::new('--keyring', '--keyring', [CompletionResultType]::ParameterName, 'The public keys for --verify [default: pubring.gpg of gpg, else pubring.kbx]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Namespace of the release')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'Namespace of the release')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'Where the namespace comes from when none is given')
            [CompletionResult]::new('--kube-context', '--kube-context', [CompletionResultType]::ParameterName, 'The context of the kubeconfig whose namespace is taken')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--is-upgrade', '--is-upgrade', [CompletionResultType]::ParameterName, 'Tell the chart that it is an upgrade')
            [CompletionResult]::new('--release-name', '--release-name', [CompletionResultType]::ParameterName, 'Put the release''s name into the path of --output-dir')
            [CompletionResult]::new('--include-crds', '--include-crds', [CompletionResultType]::ParameterName, 'Print the chart''s custom resource definitions too')
            [CompletionResult]::new('--skip-tests', '--skip-tests', [CompletionResultType]::ParameterName, 'Leave tests out')
            [CompletionResult]::new('--no-hooks', '--no-hooks', [CompletionResultType]::ParameterName, 'Leave hooks out')
            [CompletionResult]::new('--skip-schema-validation', '--skip-schema-validation', [CompletionResultType]::ParameterName, 'Do not check values against values.schema.json')
            [CompletionResult]::new('-g', '-g', [CompletionResultType]::ParameterName, 'Accepted as in helm, where it changes nothing for template')
            [CompletionResult]::new('--generate-name', '--generate-name', [CompletionResultType]::ParameterName, 'Accepted as in helm, where it changes nothing for template')
            [CompletionResult]::new('--dependency-update', '--dependency-update', [CompletionResultType]::ParameterName, 'Fetch dependencies that charts/ lacks first, as dependency update does')
            [CompletionResult]::new('--devel', '--devel', [CompletionResultType]::ParameterName, 'Take prereleases too, unless --version says something')
            [CompletionResult]::new('--pass-credentials', '--pass-credentials', [CompletionResultType]::ParameterName, 'Give name and password to other servers that the repository names, too')
            [CompletionResult]::new('--insecure-skip-tls-verify', '--insecure-skip-tls-verify', [CompletionResultType]::ParameterName, 'Do not check the server''s certificate')
            [CompletionResult]::new('--plain-http', '--plain-http', [CompletionResultType]::ParameterName, 'Speak http with the registry')
            [CompletionResult]::new('--verify', '--verify', [CompletionResultType]::ParameterName, 'Refuse a chart that nobody of the keyring signed')
            [CompletionResult]::new('--debug', '--debug', [CompletionResultType]::ParameterName, 'Say more, and print what was rendered even where it is no YAML')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;promote' {
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'The environment to promote to')
            [CompletionResult]::new('--env', '--env', [CompletionResultType]::ParameterName, 'The environment to promote to')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'The version (default: the highest release)')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Take the version that this environment has')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait: 90, 10m, 1h')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'The namespace of the app (default: the environment''s)')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace of the app (default: the environment''s)')
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'Where the chart of an app comes from that is new there (default: the environment''s chart repository)')
            [CompletionResult]::new('--helm-repo-url', '--helm-repo-url', [CompletionResultType]::ParameterName, 'Where the chart of an app comes from that is new there (default: the environment''s chart repository)')
            [CompletionResult]::new('--alias', '--alias', [CompletionResultType]::ParameterName, 'The alias of the chart in a Jenkins X 2 repository')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--all-auto', '--all-auto', [CompletionResultType]::ParameterName, 'Promote to every Auto environment, in their order; stops at the first that fails')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change, and change nothing')
            [CompletionResult]::new('--allow-downgrade', '--allow-downgrade', [CompletionResultType]::ParameterName, 'Let an older version replace a newer one')
            [CompletionResult]::new('--reopen', '--reopen', [CompletionResultType]::ParameterName, 'Open a new pull request where a person closed the last one')
            [CompletionResult]::new('--merge', '--merge', [CompletionResultType]::ParameterName, 'Decide for a Manual environment: merge when the checks pass')
            [CompletionResult]::new('--no-wait', '--no-wait', [CompletionResultType]::ParameterName, 'Open the pull request and do not wait for its checks')
            [CompletionResult]::new('--no-poll', '--no-poll', [CompletionResultType]::ParameterName, 'Open the pull request and do not wait for its checks')
            [CompletionResult]::new('--error-unchanged', '--error-unchanged', [CompletionResultType]::ParameterName, 'Exit with 3 when every environment has the version already')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;version' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;watch' {
            [CompletionResult]::new('--build', '--build', [CompletionResultType]::ParameterName, 'The build number, where the name is that of a pipeline')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the answer in this format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--exit-status', '--exit-status', [CompletionResultType]::ParameterName, 'End with the run''s outcome as the status')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what failed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (can be repeated)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--batch-mode', '--batch-mode', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: take the defaults, or fail naming the flag')
            [CompletionResult]::new('--no-start', '--no-start', [CompletionResultType]::ParameterName, 'Never start the local platform in the background')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'landfall;help' {
            [CompletionResult]::new('apply', 'apply', [CompletionResultType]::ParameterValue, 'Make an environment what its repository says, now')
            [CompletionResult]::new('changelog', 'changelog', [CompletionResultType]::ParameterValue, 'Print what is in a release, as Markdown')
            [CompletionResult]::new('completion', 'completion', [CompletionResultType]::ParameterValue, 'Print the script that completes landfall''s commands in a shell')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show the settings')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make an app or an environment')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Tell the whole story on a sample app, in a scratch folder, in about a minute')
            [CompletionResult]::new('dependency', 'dependency', [CompletionResultType]::ParameterValue, 'Manage the dependencies of a chart exactly as helm dependency does')
            [CompletionResult]::new('describe', 'describe', [CompletionResultType]::ParameterValue, 'Show one object in full')
            [CompletionResult]::new('detect', 'detect', [CompletionResultType]::ParameterValue, 'Say which pack fits a repository, and why')
            [CompletionResult]::new('down', 'down', [CompletionResultType]::ParameterValue, 'End the local platform with all apps')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change how the app is deployed')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Say what an error code means and what to do')
            [CompletionResult]::new('gc', 'gc', [CompletionResultType]::ParameterValue, 'Remove what is kept only for a while')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'List objects')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Import a repository: build pack, chart, pipelines, and its first release')
            [CompletionResult]::new('logs', 'logs', [CompletionResultType]::ParameterValue, 'Print the logs of a run''s steps')
            [CompletionResult]::new('next-version', 'next-version', [CompletionResultType]::ParameterValue, 'Print the version of the next release')
            [CompletionResult]::new('pack', 'pack', [CompletionResultType]::ParameterValue, 'Check and test packs, for those who write them')
            [CompletionResult]::new('step', 'step', [CompletionResultType]::ParameterValue, 'Do one step of a pipeline')
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Run the local platform in the foreground')
            [CompletionResult]::new('serve-static', 'serve-static', [CompletionResultType]::ParameterValue, 'Serve the files of a folder over HTTP, as an app of the local platform does')
            [CompletionResult]::new('start', 'start', [CompletionResultType]::ParameterValue, 'Start something: a pipeline')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show what runs on the local platform')
            [CompletionResult]::new('stop', 'stop', [CompletionResultType]::ParameterValue, 'Stop something that runs: a pipeline')
            [CompletionResult]::new('up', 'up', [CompletionResultType]::ParameterValue, 'Start the local platform in the background')
            [CompletionResult]::new('upgrade', 'upgrade', [CompletionResultType]::ParameterValue, 'Bring something up to date: the pack of a repository')
            [CompletionResult]::new('render', 'render', [CompletionResultType]::ParameterValue, 'Render a chart to the documents that would be applied')
            [CompletionResult]::new('lint', 'lint', [CompletionResultType]::ParameterValue, 'Check charts as helm lint does, and for what it does not say')
            [CompletionResult]::new('template', 'template', [CompletionResultType]::ParameterValue, 'Render a chart exactly as helm template does')
            [CompletionResult]::new('promote', 'promote', [CompletionResultType]::ParameterValue, 'Bring a release into an environment, by a pull request')
            [CompletionResult]::new('version', 'version', [CompletionResultType]::ParameterValue, 'Print the version')
            [CompletionResult]::new('watch', 'watch', [CompletionResultType]::ParameterValue, 'Watch one activity until it ends')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'landfall;help;apply' {
            break
        }
        'landfall;help;changelog' {
            break
        }
        'landfall;help;completion' {
            break
        }
        'landfall;help;config' {
            [CompletionResult]::new('view', 'view', [CompletionResultType]::ParameterValue, 'Print every setting')
            break
        }
        'landfall;help;config;view' {
            break
        }
        'landfall;help;create' {
            [CompletionResult]::new('environment', 'environment', [CompletionResultType]::ParameterValue, 'An environment and its repository')
            [CompletionResult]::new('quickstart', 'quickstart', [CompletionResultType]::ParameterValue, 'A new app from a sample or from a repository')
            [CompletionResult]::new('pack', 'pack', [CompletionResultType]::ParameterValue, 'A pack that works, to be changed into one''s own')
            break
        }
        'landfall;help;create;environment' {
            break
        }
        'landfall;help;create;quickstart' {
            break
        }
        'landfall;help;create;pack' {
            break
        }
        'landfall;help;demo' {
            break
        }
        'landfall;help;dependency' {
            [CompletionResult]::new('build', 'build', [CompletionResultType]::ParameterValue, 'Rebuild charts/ from the lock file')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the dependencies of a chart and what charts/ holds of them')
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Resolve the dependencies of a chart anew and bring charts/ up to date')
            break
        }
        'landfall;help;dependency;build' {
            break
        }
        'landfall;help;dependency;list' {
            break
        }
        'landfall;help;dependency;update' {
            break
        }
        'landfall;help;describe' {
            [CompletionResult]::new('pack', 'pack', [CompletionResultType]::ParameterValue, 'A pack: what it writes, its variables, its parents')
            break
        }
        'landfall;help;describe;pack' {
            break
        }
        'landfall;help;detect' {
            break
        }
        'landfall;help;down' {
            break
        }
        'landfall;help;edit' {
            [CompletionResult]::new('deploy', 'deploy', [CompletionResultType]::ParameterValue, 'How the app is deployed: knative, default or hpa')
            break
        }
        'landfall;help;edit;deploy' {
            break
        }
        'landfall;help;explain' {
            break
        }
        'landfall;help;gc' {
            [CompletionResult]::new('activities', 'activities', [CompletionResultType]::ParameterValue, 'Old runs with their logs')
            break
        }
        'landfall;help;gc;activities' {
            break
        }
        'landfall;help;get' {
            [CompletionResult]::new('activities', 'activities', [CompletionResultType]::ParameterValue, 'Pipeline runs and promotions with their stages and steps')
            [CompletionResult]::new('applications', 'applications', [CompletionResultType]::ParameterValue, 'The apps in each environment: version, instances, and where they answer')
            [CompletionResult]::new('environments', 'environments', [CompletionResultType]::ParameterValue, 'The environments, in the order of promotion')
            [CompletionResult]::new('packs', 'packs', [CompletionResultType]::ParameterValue, 'The packs there are')
            [CompletionResult]::new('pipelines', 'pipelines', [CompletionResultType]::ParameterValue, 'The pipelines that have run')
            break
        }
        'landfall;help;get;activities' {
            break
        }
        'landfall;help;get;applications' {
            break
        }
        'landfall;help;get;environments' {
            break
        }
        'landfall;help;get;packs' {
            break
        }
        'landfall;help;get;pipelines' {
            break
        }
        'landfall;help;import' {
            break
        }
        'landfall;help;logs' {
            break
        }
        'landfall;help;next-version' {
            break
        }
        'landfall;help;pack' {
            [CompletionResult]::new('lint', 'lint', [CompletionResultType]::ParameterValue, 'Check a pack: pack.yaml, templates, Dockerfile, chart and pipelines')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Import a pack''s own sample into a scratch repository and run its pipeline')
            break
        }
        'landfall;help;pack;lint' {
            break
        }
        'landfall;help;pack;test' {
            break
        }
        'landfall;help;step' {
            [CompletionResult]::new('checkout', 'checkout', [CompletionResultType]::ParameterValue, 'Put a commit into the current folder')
            [CompletionResult]::new('image', 'image', [CompletionResultType]::ParameterValue, 'Make the image from what the build left')
            [CompletionResult]::new('chart', 'chart', [CompletionResultType]::ParameterValue, 'Package the chart of a release')
            [CompletionResult]::new('tag', 'tag', [CompletionResultType]::ParameterValue, 'Tag the commit with its version')
            break
        }
        'landfall;help;step;checkout' {
            break
        }
        'landfall;help;step;image' {
            break
        }
        'landfall;help;step;chart' {
            break
        }
        'landfall;help;step;tag' {
            break
        }
        'landfall;help;serve' {
            break
        }
        'landfall;help;serve-static' {
            break
        }
        'landfall;help;start' {
            [CompletionResult]::new('pipeline', 'pipeline', [CompletionResultType]::ParameterValue, 'Run a pipeline here')
            break
        }
        'landfall;help;start;pipeline' {
            break
        }
        'landfall;help;status' {
            break
        }
        'landfall;help;stop' {
            [CompletionResult]::new('pipeline', 'pipeline', [CompletionResultType]::ParameterValue, 'Cancel a pipeline run and wait until it has ended')
            break
        }
        'landfall;help;stop;pipeline' {
            break
        }
        'landfall;help;up' {
            break
        }
        'landfall;help;upgrade' {
            [CompletionResult]::new('pack', 'pack', [CompletionResultType]::ParameterValue, 'Merge a newer pack into what you made of the older one')
            break
        }
        'landfall;help;upgrade;pack' {
            break
        }
        'landfall;help;render' {
            break
        }
        'landfall;help;lint' {
            break
        }
        'landfall;help;template' {
            break
        }
        'landfall;help;promote' {
            break
        }
        'landfall;help;version' {
            break
        }
        'landfall;help;watch' {
            break
        }
        'landfall;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
