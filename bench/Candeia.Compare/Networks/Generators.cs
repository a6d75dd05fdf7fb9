using Candeia.NN;

namespace Candeia.Compare;

/// <summary>The generator of DCGAN: 100 numbers become a picture of 64×64.</summary>
static class Dcgan
{
    public static Sequential Make() =>
    [
        new ConvTranspose2d(100, 512, 4, bias: false), new BatchNorm2d(512), new ReLU(),
        new ConvTranspose2d(512, 256, 4, 2, 1, bias: false), new BatchNorm2d(256), new ReLU(),
        new ConvTranspose2d(256, 128, 4, 2, 1, bias: false), new BatchNorm2d(128), new ReLU(),
        new ConvTranspose2d(128, 64, 4, 2, 1, bias: false), new BatchNorm2d(64), new ReLU(),
        new ConvTranspose2d(64, 3, 4, 2, 1, bias: false), new Tanh(),
    ];
}

/// <summary>The decoder of a variational autoencoder: 20 numbers become a picture of 28×28.</summary>
sealed class VaeDecoder : Layer
{
    readonly Linear fc = new(20, 64 * 7 * 7);
    readonly ConvTranspose2d up1 = new(64, 32, 4, 2, 1), up2 = new(32, 1, 4, 2, 1);

    public override Tensor Forward(Tensor x) => x
        .Apply(fc).Relu()
        .Reshape(-1, 64, 7, 7)
        .Apply(up1).Relu()
        .Apply(up2).Sigmoid();
}
