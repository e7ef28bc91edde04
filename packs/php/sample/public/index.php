<?php

declare(strict_types=1);

require __DIR__ . '/../src/answer.php';

[$status, $body] = answer($_SERVER['REQUEST_URI']);
http_response_code($status);
header('Content-Type: text/plain');
echo $body;
