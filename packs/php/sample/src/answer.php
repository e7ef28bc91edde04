<?php

declare(strict_types=1);

/**
 * The answer to a request for a path: / greets, /work?ms=300 takes its time.
 *
 * @return array{int, string}
 */
function answer(string $path): array
{
    if (preg_match('~^/work\?ms=(\d{1,5})$~', $path, $work) === 1) {
        $ms = min((int) $work[1], 10000);
        usleep($ms * 1000);
        return [200, "worked $ms ms\n"];
    }
    if ($path === '/') {
        return [200, sprintf("Hello from %s, process %d\n", getenv('VERSION') ?: 'dev', getmypid())];
    }
    return [404, "not found\n"];
}
