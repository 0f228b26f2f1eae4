#!/bin/sh
# What `make demo` shows: check, draw, grade, compile, and use the package alone.
set -eu
cd "$(dirname "$0")/.."
example=examples/numbers_and_digits.races
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

say() { printf '\n\033[1m$ %s\033[0m\n' "$*"; }
show() { say "$@"; "$@"; }

show racesc check examples
show racesc sample "$example" digit_gcd -n 1 --seed 7 --level 3
show racesc graph "$example" digit_gcd
say "racesc grade $example second_digit --seed 7 --level 3   (the right answer on stdin)"
racesc sample "$example" second_digit -n 1 --seed 7 --level 3 --json |
  python -c 'import json, sys; print("<answer>%s</answer>" % json.loads(sys.stdin.readline())["answer"])' |
  racesc grade "$example" second_digit --seed 7 --level 3
show racesc compile "$example" -o "$out"
say "python -c 'import digit_suite; …'   (only the package on the path)"
cd "$out/digit_suite"
python -I -S -c '
import sys
sys.path.insert(0, ".")
import digit_suite
env = digit_suite.load("which_order")
problem = env.generate(seed=7, level=3)
print(problem.prompt)
print("gold reply:", env.gold(problem).replace("\n", " "))
print("reward:", env.grade(problem, env.gold(problem)).reward)
print("reward for junk:", env.grade(problem, "no idea").reward)
'
