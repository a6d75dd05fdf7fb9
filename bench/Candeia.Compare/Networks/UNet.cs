using Candeia.NN;

namespace Candeia.Compare;

/// <summary>A U-Net of three levels: what each pixel of a picture belongs to.</summary>
sealed class UNet : Layer
{
    readonly Sequential down1 = Twice(3, 32), down2 = Twice(32, 64), down3 = Twice(64, 128), bottom = Twice(128, 256);
    readonly Sequential join3 = Twice(256, 128), join2 = Twice(128, 64), join1 = Twice(64, 32);
    readonly ConvTranspose2d up3 = new(256, 128, 2, 2), up2 = new(128, 64, 2, 2), up1 = new(64, 32, 2, 2);
    readonly Conv2d head = new(32, 1, 1);

    public override Tensor Forward(Tensor x)
    {
        Tensor one = x.Apply(down1), two = one.MaxPool2d(2).Apply(down2), three = two.MaxPool2d(2).Apply(down3);
        x = three.MaxPool2d(2).Apply(bottom);
        x = Tensor.Cat([three, x.Apply(up3)], 1).Apply(join3);
        x = Tensor.Cat([two, x.Apply(up2)], 1).Apply(join2);
        x = Tensor.Cat([one, x.Apply(up1)], 1).Apply(join1);
        return x.Apply(head);
    }

    static Sequential Twice(int input, int output) =>
    [
        new Conv2d(input, output, 3, padding: 1, bias: false), new BatchNorm2d(output), new ReLU(),
        new Conv2d(output, output, 3, padding: 1, bias: false), new BatchNorm2d(output), new ReLU(),
    ];
}
