#!/usr/bin/env python3
"""Predicts how training with DataParallel scales: prints the table of docs/distributed.md.

A step of one rank takes T, of which the backward pass is two thirds. Gradients of M bytes travel in k buckets; each is added up by an all-to-all and an
all-gather, in which every rank sends and receives M/k * (R-1)/R bytes twice, in 2(R-1) messages of latency a. What the backward pass does not hide is
exposed; the last bucket never is hidden. Two small exchanges, for counts and for results, cost log2(R) latencies each way.
"""
import math

T, M, K = 0.1017, 13.2e6, 4                     # the tutorial's network: seconds of a step of 64 pictures on 2 threads, bytes of gradients, buckets
NETWORKS = [("1 Gbit/s, TCP", 117e6, 40e-6), ("10 Gbit/s, TCP", 1.17e9, 20e-6), ("100 Gbit/s, InfiniBand", 11.7e9, 2e-6)]
RANKS = [2, 4, 8, 16, 64, 256, 1024]


def step(ranks, compute, bandwidth, latency):
    bucket = 2 * M / K * (ranks - 1) / ranks / bandwidth + 2 * (ranks - 1) * latency
    total = K * bucket
    exposed = max(bucket, total - compute * 2 / 3)
    return compute + exposed + 4 * math.log2(ranks) * latency


print("| network | " + " | ".join(f"{r:,}".replace(",", " ") for r in RANKS) + " |")
print("|---|" + "---|" * len(RANKS))
for growing in (True, False):
    for name, bandwidth, latency in NETWORKS:
        cells = []
        for r in RANKS:
            one = T if growing else T / r
            speed = (r if growing else 1) * T / step(r, one, bandwidth, latency)
            cells.append(f"{speed:.1f} ({100 * speed / r:.0f} %)" if speed < 100 else f"{speed:.0f} ({100 * speed / r:.0f} %)")
        print(f"| {'64 pictures a rank' if growing else '64 pictures in all'}, {name} | " + " | ".join(cells) + " |")
