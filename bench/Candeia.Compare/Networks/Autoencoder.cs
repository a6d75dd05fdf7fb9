using Candeia.NN;

namespace Candeia.Compare;

/// <summary>Small pictures through 32 numbers and back.</summary>
static class Autoencoder
{
    public static Sequential Make() =>
    [
        new Linear(784, 512), new ReLU(), new Linear(512, 128), new ReLU(), new Linear(128, 32), new ReLU(),
        new Linear(32, 128), new ReLU(), new Linear(128, 512), new ReLU(), new Linear(512, 784), new Sigmoid(),
    ];
}
