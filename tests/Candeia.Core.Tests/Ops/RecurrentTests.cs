namespace Candeia.Tests;

/// <summary>Recurrent layers of sizes that fill tiles and registers, beside their composition; what the table's small ones do not reach.</summary>
[Collection(nameof(ThreadCount))]
public class RecurrentTests
{
    public static TheoryData<RecurrentKind, bool, bool, bool> Cases
    {
        get
        {
            TheoryData<RecurrentKind, bool, bool, bool> cases = [];
            foreach (var kind in Enum.GetValues<RecurrentKind>())
                foreach (bool reverse in (bool[])[false, true])
                    foreach (bool ragged in (bool[])[false, true])
                        foreach (bool projects in kind == RecurrentKind.Lstm ? [false, true] : (bool[])[false]) cases.Add(kind, reverse, ragged, projects);
            return cases;
        }
    }

    static int[] Sizes(bool ragged) => ragged ? [19, 19, 18, 11, 11, 3, 1] : [19, 19, 19, 19, 19];

    static (RecurrentOp Op, Tensor[] Inputs) Layer(RecurrentKind kind, bool reverse, int[] sizes, bool projects, DType dtype, int hidden = 37)
    {
        var g = new Generator(5);
        int gates = kind switch { RecurrentKind.Lstm => 4, RecurrentKind.Gru => 3, _ => 1 } * hidden, outs = projects ? 20 : hidden;
        List<Shape> shapes = [[sizes.Sum(), 13], [19, outs]];
        if (kind == RecurrentKind.Lstm) shapes.Add([19, hidden]);
        shapes.AddRange([[gates, 13], [gates, outs], [gates], [gates]]);
        if (projects) shapes.Add([outs, hidden]);
        return (new(kind, sizes, reverse), [.. shapes.Select(s =>
        {
            var t = (Tensor.Randn(s, DType.Float64, g) * 0.3).To(dtype);
            t.RequiresGrad = true;
            return t;
        })]);
    }

    static Tensor[] Run(RecurrentOp op, Tensor[] x)
    {
        bool lstm = op.Kind == RecurrentKind.Lstm;
        int at = lstm ? 3 : 2;
        var (y, h, c) = op.Apply(x[0], x[1], lstm ? x[2] : null, x[at], x[at + 1], x[at + 2], x[at + 3], x.Length > at + 4 ? x[at + 4] : null);
        return c is null ? [y, h] : [y, h, c];
    }

    /// <summary>A number that all results take part in.</summary>
    static Tensor Sum(Tensor[] results) => results.Select((t, k) => (t * Tensor.From([.. Enumerable.Range(0, (int)t.Numel).Select(i => Math.Cos(i + k))], t.Shape).To(t.DType)).Sum()).Aggregate((a, b) => a + b);

    [Theory, MemberData(nameof(Cases))]
    public void Values_and_gradients_are_those_of_the_composition(RecurrentKind kind, bool reverse, bool ragged, bool projects)
    {
        foreach (var dtype in (DType[])[DType.Float64, DType.Float32])
        {
            var (op, x) = Layer(kind, reverse, Sizes(ragged), projects, dtype);
            Tensor[] got = Run(op, x), expected = op.Compose(x);
            double tolerance = dtype == DType.Float64 ? 1e-11 : 3e-5;
            for (int i = 0; i < got.Length; i++) Near(expected[i], got[i], tolerance);
            var gradients = Autograd.Gradients(Sum(got), x);
            foreach (var (want, have) in Autograd.Gradients(Sum(expected), x).Zip(gradients)) Near(want, have, tolerance * 10);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Without_a_gradient_the_bits_are_the_same_however_many_steps_are_done_at_a_time(RecurrentKind kind, bool reverse, bool ragged, bool projects)
    {
        int[] sizes = ragged ? [.. Enumerable.Range(0, 900).Select(t => 19 - t / 50)] : [.. Enumerable.Repeat(19, 900)];
        var (op, x) = Layer(kind, reverse, sizes, projects, DType.Float32);
        Tensor[] recorded = Run(op, x);
        using var noGrad = Autograd.NoGrad();
        foreach (var (a, b) in recorded.Zip(Run(op, x))) Assert.Equal(a.ToArray<float>(), b.ToArray<float>());
    }

    [Theory, MemberData(nameof(Cases))]
    public void Bits_do_not_depend_on_the_number_of_threads(RecurrentKind kind, bool reverse, bool ragged, bool projects)
    {
        float[][] Bits(int threads, int hidden)
        {
            using var count = new ThreadCount(threads);
            var (op, x) = Layer(kind, reverse, Sizes(ragged), projects, DType.Float32, hidden);
            var results = Run(op, x);
            return [.. results.Select(t => t.ToArray<float>()), .. Autograd.Gradients(Sum(results), x).Select(t => t.ToArray<float>())];
        }
        foreach (int hidden in (int[])[37, Wide])
        {
            var one = Bits(1, hidden);
            foreach (int threads in (int[])[2, 3, 27])
                foreach (var (a, b) in one.Zip(Bits(threads, hidden))) Assert.Equal(a, b);
        }
    }

    const int Wide = 325;                       // so many weights that three threads and more share out a state's numbers, and the last of them fill no panel

    [Theory, MemberData(nameof(Cases))]
    public void Values_and_gradients_of_wide_states_are_those_of_the_composition(RecurrentKind kind, bool reverse, bool ragged, bool projects)
    {
        using var count = new ThreadCount(3);
        var (op, x) = Layer(kind, reverse, Sizes(ragged), projects, DType.Float64, Wide);
        Tensor[] got = Run(op, x), expected = op.Compose(x);
        for (int i = 0; i < got.Length; i++) Near(expected[i], got[i], 1e-11);
        foreach (var (want, have) in Autograd.Gradients(Sum(expected), x).Zip(Autograd.Gradients(Sum(got), x))) Near(want, have, 1e-10);
    }

    [Fact]
    public void Only_some_gradients_may_be_asked_for_and_sent()
    {
        foreach (var kind in Enum.GetValues<RecurrentKind>())
        {
            var (op, x) = Layer(kind, false, Sizes(true), false, DType.Float64);
            var expected = op.Compose(x);
            for (int result = 0; result < op.Results; result++)
            {
                var want = Autograd.Gradients(Sum([expected[result]]), x, retainGraph: true);
                for (int only = 0; only < x.Length; only++)
                {
                    Tensor[] inputs = [.. x.Select((t, i) =>
                    {
                        var copy = t.Detach();
                        copy.RequiresGrad = i == only;
                        return copy;
                    })];
                    Near(want[only], Autograd.Gradients(Sum([Run(op, inputs)[result]]), [inputs[only]])[0], 1e-10);
                }
            }
        }
    }

    [Fact]
    public void No_steps_and_no_sequences_are_fine()
    {
        foreach (var kind in Enum.GetValues<RecurrentKind>())
            foreach (int[] sizes in (int[][])[[], [0, 0]])
            {
                var (op, x) = Layer(kind, false, sizes, false, DType.Float32);
                var results = Run(op, x);
                Assert.Equal([0, 37], results[0].Shape);
                Assert.Equal(x[1].ToArray<float>(), results[1].ToArray<float>());
                var gradients = Autograd.Gradients(results[1].Sum(), x);
                Assert.All(gradients[1].ToArray<float>(), v => Assert.Equal(1f, v));
                Assert.All(gradients[^1].ToArray<float>(), v => Assert.Equal(0f, v));
            }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var (_, x) = Layer(RecurrentKind.Gru, false, Sizes(false), false, DType.Float32);
        string Message(Func<object> call) => Assert.ThrowsAny<ArgumentException>(call).Message;
        Assert.Contains("longest first", Message(() => Run(new(RecurrentKind.Gru, [18, 19, 19, 19, 20]), x)), StringComparison.Ordinal);
        Assert.Contains("a row of inputs", Message(() => Run(new(RecurrentKind.Gru, [19, 19]), x)), StringComparison.Ordinal);
        Assert.Contains("must be [111, 37]", Message(() => Run(new(RecurrentKind.Gru, Sizes(false)), [x[0], x[1], x[2], x[2], x[4], x[5]])), StringComparison.Ordinal);
        Assert.Contains("state c", Message(() => new RecurrentOp(RecurrentKind.Gru, Sizes(false)).Apply(x[0], x[1], x[1], x[2], x[3], x[4], x[5])), StringComparison.Ordinal);
        Assert.Contains("one floating-point type", Message(() => Run(new(RecurrentKind.Gru, Sizes(false)), [x[0].To(DType.Float64), .. x[1..]])), StringComparison.Ordinal);
    }

    static void Near(Tensor expected, Tensor got, double tolerance)
    {
        Assert.Equal(expected.Shape, got.Shape);
        double[] want = expected.ToArray<double>(), have = got.ToArray<double>();
        for (int i = 0; i < want.Length; i++) Assert.Equal(want[i], have[i], tolerance * Math.Max(1, Math.Abs(want[i])));
    }
}
