using Candeia.Images;
using Candeia.NN;
using Candeia.Vision;

namespace Candeia.Tests;

/// <summary>Small networks for boxes find what they were shown, in pictures that they have not seen.</summary>
[Collection(nameof(Alone))]                                                    // what is drawn comes from the global generator
public class LearningTests
{
    const int Size = 64;

    /// <summary>One to three discs (1) and squares (2), of any colour, on noise.</summary>
    static Annotated Scene(Generator random)
    {
        var picture = Tensor.Uniform([3, Size, Size], 0, 0.3, generator: random);
        List<float> boxes = [];
        List<long> labels = [];
        for (int things = 1 + random.NextInt(3); things > 0; things--)
        {
            int size = 14 + random.NextInt(12), left = random.NextInt(Size - size), top = random.NextInt(Size - size);
            if (boxes.Chunk(4).Any(b => left < b[2] + 2 && left + size > b[0] - 2 && top < b[3] + 2 && top + size > b[1] - 2)) continue;
            int label = 1 + random.NextInt(2);
            float[] colour = [0.5f + 0.5f * random.NextSingle(), 0.5f + 0.5f * random.NextSingle(), 0.5f + 0.5f * random.NextSingle()];
            double middle = (size - 1) / 2.0;
            for (int y = 0; y < size; y++)
                for (int x = 0; x < size; x++)
                    if (label == 2 || (x - middle) * (x - middle) + (y - middle) * (y - middle) <= size * size / 4.0)
                        for (int c = 0; c < 3; c++) picture[c, top + y, left + x] = colour[c];
            boxes.AddRange([left, top, left + size, top + size]);
            labels.Add(label);
        }
        return new(picture, new(Tensor.From([.. boxes], [labels.Count, 4])), Labels: Tensor.From([.. labels], [labels.Count]));
    }

    static readonly AnchorGenerator s_anchors = new([[12], [20], [32], [64], [128]], [0.5, 1, 2]);

    static ResNet Body() => new([1, 1, 1, 1], classes: 0, width: 16);

    [Theory]
    [InlineData("faster", 0.75), InlineData("retina", 0.4), InlineData("fcos", 0.4), InlineData("ssd", 0.4)]
    public void What_was_shown_is_found_again(string kind, double least)
    {
        Generator.Seed(7);
        Detector net = kind switch
        {
            "faster" => new FasterRcnn(new(Body(), 32), 3, Size, Size, s_anchors, new() { PreNms = (200, 100), PostNms = (100, 50), BatchPerImage = 64 }, new() { BatchPerImage = 64 }, features: 64),
            "retina" => new RetinaNet(new(Body(), 32, [0, 1, 2], CoarserMaps.OfMap), 3, Size, Size, s_anchors),
            "fcos" => new Fcos(new(Body(), 32, [0, 1, 2], CoarserMaps.OfMap), 3, Size, Size, new([[4], [8], [16], [32], [64]], [1])),
            _ => new Ssd(Body(), new([[2], [2], [2], [2]], [0.2, 0.3, 0.45, 0.7, 0.9]), Size, 3),
        };
        const int steps = 300;
        var random = new Generator(1);
        var adam = new Adam(net.Parameters(), 2e-3);
        double Measured()
        {
            var measure = new MeanAveragePrecision();
            net.Eval();
            var fresh = new Generator(2);
            for (int i = 0; i < 16; i++)
            {
                var scene = Scene(fresh);
                measure.Add(net.Detect(scene.Image)[0], scene);
            }
            net.Train();
            return measure.Compute().Map50;
        }
        for (int step = 0; step < steps; step++)
        {
            using var scope = Scope.Begin();
            adam.ZeroGrad();
            net.Losses([.. Enumerable.Range(0, 4).Select(_ => Scene(random))]).Values.Aggregate((a, b) => a + b).Backward();
            adam.Step();
        }
        Assert.InRange(Measured(), least, 1);
    }
}
