"""Steps of the tutorial's network by PyTorch's eager mode on CUDA: `python3 bench/gpu_torch.py BATCH`. Medians of 50 steps after 20, with and without TF32."""
import sys
import time

import torch
from torch import nn

batch = int(sys.argv[1])
device = torch.device("cuda")
for tf32 in (False, True):
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = tf32
    torch.manual_seed(0)
    layers = []
    for before, after in ((1, 32), (32, 64), (64, 128)):
        layers += [nn.Conv2d(before, after, 3), nn.ReLU(), nn.AvgPool2d(2)]
    net = nn.Sequential(*layers, nn.Flatten(), nn.Linear(14 * 14 * 128, 128), nn.ReLU(), nn.Linear(128, 1)).to(device)
    adam = torch.optim.Adam(net.parameters())
    x, target = torch.rand(batch, 1, 130, 130, device=device), torch.rand(batch, 1, device=device)
    seconds = []
    for step in range(70):
        torch.cuda.synchronize()
        start = time.perf_counter()
        adam.zero_grad()
        nn.functional.mse_loss(net(x), target).backward()
        adam.step()
        torch.cuda.synchronize()
        if step >= 20:
            seconds.append(time.perf_counter() - start)
    median = sorted(seconds)[len(seconds) // 2]
    print(f"PyTorch {torch.__version__}, TF32 {'on' if tf32 else 'off'}: {batch / median:,.0f} images/s, {1000 * median:.2f} ms a step")
