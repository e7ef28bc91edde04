<?php

declare(strict_types=1);

require __DIR__ . '/../src/answer.php';

if (!str_starts_with(answer('/')[1], 'Hello') || answer('/none')[0] !== 404) {
    fwrite(STDERR, "the root does not greet\n");
    exit(1);
}
echo "2 checks passed\n";
