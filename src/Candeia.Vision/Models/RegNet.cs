using Candeia.NN;

namespace Candeia.Vision;

/// <summary>Networks whose widths follow from three numbers (<see href="https://arxiv.org/abs/2003.13678">Radosavovic et al. 2020</see>).</summary>
internal static class RegNet
{
    /// <param name="Depth">Blocks in all.</param>
    /// <param name="Width">Channels that the first block would have.</param>
    /// <param name="Slope">How many more each further block would have.</param>
    /// <param name="Step">By which factor the channels of stages differ at least.</param>
    /// <param name="Group">Channels of a group of the middle convolution.</param>
    internal readonly record struct Plan(int Depth, int Width, double Slope, double Step, int Group);

    static readonly Dictionary<string, Plan> s_plans = new()
    {
        ["y_400mf"] = new(16, 48, 27.89, 2.09, 8), ["y_800mf"] = new(14, 56, 38.84, 2.4, 16), ["y_1_6gf"] = new(27, 48, 20.71, 2.65, 24),
        ["y_3_2gf"] = new(21, 80, 42.63, 2.66, 24), ["y_8gf"] = new(17, 192, 76.82, 2.19, 56), ["y_16gf"] = new(18, 200, 106.23, 2.48, 112),
        ["y_32gf"] = new(20, 232, 115.89, 2.53, 232), ["y_128gf"] = new(27, 456, 160.83, 2.52, 264), ["x_400mf"] = new(22, 24, 24.48, 2.54, 16),
        ["x_800mf"] = new(16, 56, 35.73, 2.28, 16), ["x_1_6gf"] = new(18, 80, 34.01, 2.25, 24), ["x_3_2gf"] = new(25, 88, 26.31, 2.25, 48),
        ["x_8gf"] = new(23, 80, 49.56, 2.88, 120), ["x_16gf"] = new(22, 216, 55.59, 2.1, 128), ["x_32gf"] = new(23, 320, 69.86, 2.0, 168),
    };

    public static IEnumerable<string> Names => s_plans.Keys;

    /// <param name="name">X, or Y with squeeze and excitation, and how many multiplications it takes.</param>
    /// <param name="classes">The outputs.</param>
    public static Sequential Create(string name, int classes)
    {
        var plan = s_plans[name];
        List<(string, Layer)> stages = [];
        int channels = 32;
        foreach (var (full, count) in Stages(plan))
        {
            int group = Math.Min(plan.Group, full), width = Blocks.Divisible(full, group), number = stages.Count + 1;
            List<(string, Layer)> blocks = [];
            for (int i = 0; i < count; i++, channels = width)
                blocks.Add(($"block{number}-{i}", new Block(channels, width, i == 0 ? 2 : 1, width / group, squeezes: name[0] == 'y')));
            stages.Add(($"block{number}", Sequential.Named([.. blocks])));
        }
        return Sequential.Named(
            ("stem", Blocks.ConvNorm(3, 32, stride: 2, activation: new ReLU())), ("trunk_output", Sequential.Named([.. stages])), ("avgpool", ConvolutionalClassifier.Means()),
            ("fc", new Linear(channels, classes))).Draw(conv => Init.Normal(conv.Weight, std: Math.Sqrt(2.0 / (conv.Weight.Shape[0] * conv.Weight.Shape[2] * conv.Weight.Shape[3]))), Blocks.Small);
    }

    /// <summary>Blocks whose channels grow in a line, each rounded to a power of the step and to a multiple of 8; equal ones are a stage.</summary>
    static IEnumerable<(int Width, int Blocks)> Stages(Plan plan) => Enumerable.Range(0, plan.Depth)
        .Select(i => Math.Round(Math.Log((i * plan.Slope + plan.Width) / plan.Width) / Math.Log(plan.Step)))
        .Select(power => 8 * (int)Math.Round(plan.Width * Math.Pow(plan.Step, power) / 8))
        .GroupBy(width => width).Select(stage => (stage.Key, stage.Count()));

    sealed class Block : Layer
    {
        readonly Sequential? proj;
        readonly Sequential f;

        public Block(int input, int output, int stride, int groups, bool squeezes)
        {
            if (input != output || stride != 1) proj = Blocks.ConvNorm(input, output, 1, stride);
            Sequential a = Blocks.ConvNorm(input, output, 1, activation: new ReLU()), b = Blocks.ConvNorm(output, output, 3, stride, groups, new ReLU()), c = Blocks.ConvNorm(output, output, 1);
            f = squeezes ? Sequential.Named(("a", a), ("b", b), ("se", new SqueezeExcitation(output, (int)Math.Round(0.25 * input), new ReLU(), new Sigmoid())), ("c", c))
                : Sequential.Named(("a", a), ("b", b), ("c", c));
        }

        public override Tensor Forward(Tensor x) => ((proj is null ? x : x.Apply(proj)) + x.Apply(f)).Relu();
    }
}
