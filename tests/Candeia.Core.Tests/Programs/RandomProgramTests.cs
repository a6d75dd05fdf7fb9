namespace Candeia.Tests;

/// <summary>
/// Random programs give the same bits with ops done in one pass and one by one, and with one thread and two; the same numbers on another device; and
/// gradients that finite differences confirm. CANDEIA_PROGRAMS says how many are tried.
/// </summary>
[Collection(nameof(ThreadCount))]
public class RandomProgramTests
{
    static readonly int s_programs = int.TryParse(Environment.GetEnvironmentVariable("CANDEIA_PROGRAMS"), out int n) ? n : 1000;

    sealed record Outcome(double[][] Values, double[][] Gradients, string Steps);

    /// <summary>What a program computes, or the sentence with which it is refused: only the library's own errors are allowed.</summary>
    static Outcome Run(ulong seed, DType dtype, Device device)
    {
        var program = new RandomProgram(seed, dtype, device);
        var loss = program.Run();
        var gradients = Autograd.Gradients(loss, [.. program.Leaves]);
        return new([.. program.Values.Append(loss).Select(v => v.ToArray<double>())], [.. gradients.Select(g => g.ToArray<double>())], string.Join("; ", program.Steps));
    }

    static void Same(ulong seed, double[][] expected, double[][] got, double tolerance, string steps)
    {
        Assert.Equal(expected.Length, got.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Length, got[i].Length);
            for (int k = 0; k < expected[i].Length; k++)
            {
                double p = expected[i][k], q = got[i][k];
                bool same = tolerance == 0 ? BitConverter.DoubleToInt64Bits(p) == BitConverter.DoubleToInt64Bits(q) : Math.Abs(p - q) <= tolerance * Math.Max(1, Math.Abs(p));
                Assert.True(same || double.IsNaN(p) && double.IsNaN(q), $"Program {seed}: value {i}, element {k} is {q} instead of {p}: {steps}");
            }
        }
    }

    /// <summary>Every second program has chains of small tensors, too, which would be computed at once.</summary>
    static Outcome RunChained(ulong seed, DType dtype, Device device)
    {
        using var chained = ChainLength.From(seed % 2 == 0 ? 1 : ChainLength.Usual);
        return Run(seed, dtype, device);
    }

    static DType Type(ulong seed) => seed % 3 == 0 ? DType.Float64 : DType.Float32;

    [Fact]
    public void Values_have_the_same_bits_and_gradients_agree_in_one_pass_and_one_by_one()
    {
        for (ulong seed = 0; seed < (ulong)s_programs; seed++)
        {
            Outcome plain;
            using (Absorption.Allow(false)) plain = Run(seed, Type(seed), Device.Cpu);
            var fused = RunChained(seed, Type(seed), Device.Cpu);
            Same(seed, plain.Values, fused.Values, 0, plain.Steps);
            Same(seed, plain.Gradients, fused.Gradients, Type(seed) == DType.Float64 ? 1e-11 : 1e-4, plain.Steps);
        }
    }

    [Fact]
    public void All_bits_are_the_same_with_one_thread_and_two()
    {
        for (ulong seed = 0; seed < (ulong)s_programs; seed++)
        {
            Outcome one, two;
            using (new ThreadCount(1)) one = RunChained(seed, Type(seed), Device.Cpu);
            using (new ThreadCount(2)) two = RunChained(seed, Type(seed), Device.Cpu);
            Same(seed, one.Values, two.Values, 0, one.Steps);
            Same(seed, one.Gradients, two.Gradients, 0, one.Steps);
        }
    }

    [Fact]
    public void Another_device_gives_the_same_numbers()
    {
        for (ulong seed = 0; seed < (ulong)s_programs; seed += 4)
        {
            var here = Run(seed, DType.Float64, Device.Cpu);
            var there = RunChained(seed, DType.Float64, new ForeignDevice());
            Same(seed, here.Values, there.Values, 1e-10, here.Steps);
            Same(seed, here.Gradients, there.Gradients, 1e-10, here.Steps);
        }
    }

    [Fact]
    public void Gradients_of_smooth_programs_are_confirmed_by_differences()
    {
        for (ulong seed = 0; seed < (ulong)s_programs; seed++)
        {
            using var chained = ChainLength.From(seed % 2 == 0 ? 1 : ChainLength.Usual);
            var program = new RandomProgram(seed, DType.Float64, Device.Cpu, smooth: true);
            var loss = program.Run();
            var gradients = Autograd.Gradients(loss, [.. program.Leaves]);
            double slope = 0;
            for (int i = 0; i < gradients.Length; i++) slope += (double)(gradients[i] * Direction(seed, i, program.Leaves[i])).Sum();
            double At(double h) => (double)new RandomProgram(seed, DType.Float64, Device.Cpu, smooth: true).Run((i, x) => Direction(seed, i, x) * h);
            const double h = 1e-5;
            double difference = (At(h) - At(-h)) / (2 * h);
            Assert.True(Math.Abs(slope - difference) <= 1e-6 * Math.Max(1, Math.Abs(difference)), $"Program {seed}: the gradient says {slope}, differences {difference}: {string.Join("; ", program.Steps)}");
        }
    }

    /// <summary>Programs that do nothing would agree too.</summary>
    [Fact]
    public void Programs_do_what_they_say()
    {
        List<string> steps = [];
        for (ulong seed = 0; seed < 300; seed++)
        {
            var program = new RandomProgram(seed, DType.Float64, Device.Cpu);
            program.Run();
            steps.AddRange(program.Steps);
        }
        Assert.Equal(38, steps.Where(s => !s.StartsWith("refused", StringComparison.Ordinal)).Select(s => s.Split(' ')[0]).Distinct().Count());
        Assert.InRange(steps.Count(s => s.StartsWith("refused", StringComparison.Ordinal)), 0, steps.Count / 10);
    }

    static Tensor Direction(ulong seed, int leaf, Tensor like) => Tensor.Rand(like.Shape, DType.Float64, new Generator(seed * 97 + (ulong)leaf)) - 0.5;
}
