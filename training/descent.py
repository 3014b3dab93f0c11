"""How the networks learn: AdamW, warm-up and cosine, the mean of the weights over the last steps."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import jax
import numpy as np
import optax
from numpy.typing import NDArray

Params = dict[str, jax.Array]
Batch = Mapping[str, NDArray[np.generic]]
RATE, DECAY = 4e-3, 1e-2
KEPT = 300  # steps over which the weights are averaged


@dataclass(frozen=True, slots=True)
class Task:
    """What is learned: what is to become small, of which batches a round in some order consists, and how a batch is put together."""

    loss: Callable[[Params, Batch, jax.Array, jax.Array], jax.Array]
    batches: Callable[[Sequence[int]], Iterator[list[int]]]
    collate: Callable[[list[int]], Batch]
    vectors: jax.Array  # static ones, handed to `loss`
    count: int  # samples


def descend(task: Task, p: Params, epochs: int, seed: int, slowest: float) -> Iterator[tuple[float, dict[str, NDArray[np.float32]]]]:
    """Yield after each round the mean of its losses and the averaged weights; the rate ends at RATE / `slowest`."""
    order = list(range(task.count))
    steps = epochs * len(list(task.batches(order)))
    schedule = optax.warmup_cosine_decay_schedule(0, RATE, steps // 12, steps, RATE / slowest)
    optimizer = optax.chain(optax.clip_by_global_norm(2.0), optax.adamw(schedule, weight_decay=DECAY))
    state = optimizer.init(p)

    @jax.jit
    def follow(mean: Params, p: Params, share: float) -> Params:
        return jax.tree.map(lambda old, new: share * old + (1 - share) * new, mean, p)

    @jax.jit
    def step(p: Params, state: Any, b: Batch, key: jax.Array) -> tuple[Params, Any, jax.Array]:
        value, slope = jax.value_and_grad(task.loss)(p, b, task.vectors, key)
        change, state = optimizer.update(slope, state, p)
        return optax.apply_updates(p, change), state, value

    mean = p
    shuffle, key = random.Random(seed), jax.random.PRNGKey(seed + 100)
    for epoch in range(epochs):
        shuffle.shuffle(order)
        values = []
        for numbers in task.batches(order):
            key, one = jax.random.split(key)
            p, state, value = step(p, state, task.collate(numbers), one)
            values.append(float(value))
            mean = follow(mean, p, 1 - 1 / min(KEPT, 1 + epoch * 20))
        yield float(np.mean(values)), {name: np.array(v, np.float32) for name, v in mean.items()}
