"""PyTorch's loader over the same folder: Pillow, torchvision's transforms, worker processes. Run by bench/loading."""
import resource
import sys
import time

import torch
from torchvision import transforms as T
from torchvision.datasets import ImageFolder

if __name__ == "__main__":
    folder, epochs, workers = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    torch.set_num_threads(1)
    transform = T.Compose([T.RandomResizedCrop(224), T.RandomHorizontalFlip(), T.ToTensor(), T.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])])
    loader = torch.utils.data.DataLoader(ImageFolder(folder, transform), 32, shuffle=True, num_workers=workers, persistent_workers=workers > 0)
    for epoch in range(1, epochs + 1):
        start, pictures, total = time.perf_counter(), 0, 0.0
        for x, y in loader:
            pictures += len(y)
            total += float(x[0, 0, 112, 112])
        print(f"epoch {epoch}: {pictures / (time.perf_counter() - start):.0f} pictures/s, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MiB at most ({total:.1f})", flush=True)
