using Candeia.NN;

namespace Candeia.Tests;

public class MoreOptimizerTests
{
    static Tensor Start(Shape shape, ulong seed) => Parameter.Of(Tensor.Randn(shape, DType.Float64, new Generator(seed)));

    public static TheoryData<string> Names => ["SGD", "Adam", "AdamW", "NAdam", "RAdam", "Adamax", "RMSprop", "Adagrad", "Adadelta", "Lion", "ASGD", "Rprop", "Adafactor", "Muon"];

    static Optimizer Make(string name, Tensor p, bool maximize) => name switch
    {
        "SGD" => new SGD([p], 0.1, momentum: 0.9) { Maximize = maximize }, "Adam" => new Adam([p]) { Maximize = maximize }, "AdamW" => new AdamW([p], weightDecay: 0) { Maximize = maximize },
        "NAdam" => new NAdam([p]) { Maximize = maximize }, "RAdam" => new RAdam([p]) { Maximize = maximize }, "Adamax" => new Adamax([p]) { Maximize = maximize },
        "RMSprop" => new RMSprop([p]) { Maximize = maximize }, "Adagrad" => new Adagrad([p]) { Maximize = maximize }, "Adadelta" => new Adadelta([p]) { Maximize = maximize },
        "Lion" => new Lion([p]) { Maximize = maximize }, "ASGD" => new ASGD([p]) { Maximize = maximize }, "Rprop" => new Rprop([p]) { Maximize = maximize },
        "Adafactor" => new Adafactor([p]) { Maximize = maximize }, _ => new Muon([p]) { Maximize = maximize },
    };

    [Theory, MemberData(nameof(Names))]
    public void To_maximize_is_to_minimize_the_negative(string name)
    {
        Tensor up = Start([3, 4], 1), down = Start([3, 4], 1);
        Optimizer one = Make(name, up, true), other = Make(name, down, false);
        for (int step = 0; step < 5; step++)
        {
            var gradient = Tensor.Randn([3, 4], DType.Float64, new Generator((ulong)step + 7));
            (up.Grad, down.Grad) = (gradient, -gradient);
            one.Step();
            other.Step();
        }
        Assert.Equal(down.ToArray<double>(), up.ToArray<double>());
        Assert.Throws<InvalidOperationException>(() => new LBFGS([up]) { Maximize = true }.Step(() => up.Sum()));
    }

    [Fact]
    public void Groups_may_have_their_own_second_beta_and_epsilon()
    {
        Tensor a = Start([3], 1), b = Start([3], 1), gradient = Tensor.From([0.5, -1, 2]);
        var both = new Adam([Start([1], 2)]).AddGroup([a], beta2: 0.5, epsilon: 0.1);
        var alone = new Adam([b], beta2: 0.5, epsilon: 0.1);
        for (int step = 0; step < 3; step++)
        {
            (a.Grad, b.Grad) = (gradient, gradient);
            both.Step();
            alone.Step();
        }
        Assert.Equal(b.ToArray<double>(), a.ToArray<double>());
        Assert.Throws<ArgumentException>(() => new SGD([Start([1], 2)]).AddGroup([Start([1], 3)], epsilon: 0.1));
        Assert.Throws<ArgumentException>(() => new RMSprop([Start([1], 2)]).AddGroup([Start([1], 3)], beta2: 0.1));
    }

    [Fact]
    public void Decoupled_weight_decay_makes_AdamW_of_Adam_and_shrinks_without_a_gradient()
    {
        Tensor a = Start([3], 1), b = Start([3], 1), gradient = Tensor.From([0.5, -1, 2]);
        Optimizer adam = new Adam([a], weightDecay: 0.1, decoupledWeightDecay: true), adamW = new AdamW([b], weightDecay: 0.1);
        (a.Grad, b.Grad) = (gradient, gradient);
        adam.Step();
        adamW.Step();
        Assert.Equal(b.ToArray<double>(), a.ToArray<double>());
        foreach (var make in (Func<Tensor, Optimizer>[])[p => new NAdam([p], 0.1, weightDecay: 0.5, decoupledWeightDecay: true), p => new RAdam([p], 0.1, weightDecay: 0.5, decoupledWeightDecay: true)])
        {
            var p = Start([3], 4);
            double[] before = p.ToArray<double>();
            p.Grad = Tensor.Zeros([3], DType.Float64);
            make(p).Step();
            Assert.All(before.Zip(p.ToArray<double>()), v => Assert.Equal(v.First * 0.95, v.Second, 1e-12));
        }
    }

    [Fact]
    public void Adafactor_goes_the_way_of_its_definition()
    {
        Tensor matrix = Start([3, 4], 1), vector = Start([5], 2);
        double[] m = matrix.ToArray<double>(), v = vector.ToArray<double>(), rows = new double[3], columns = new double[4], variance = new double[5];
        Optimizer adafactor = new Adafactor([matrix, vector], 0.05, weightDecay: 0.1);
        for (int t = 1; t <= 6; t++)
        {
            double[] g = Tensor.Randn([12], DType.Float64, new Generator((ulong)t)).ToArray<double>(), h = Tensor.Randn([5], DType.Float64, new Generator((ulong)t + 50)).ToArray<double>();
            (matrix.Grad, vector.Grad) = (Tensor.From(g, [3, 4]), Tensor.From(h));
            adafactor.Step();
            double share = Math.Pow(t, -0.8), rho = Math.Min(0.05, 1 / Math.Sqrt(t));
            for (int i = 0; i < 3; i++) rows[i] += share * (Enumerable.Range(0, 4).Average(j => g[i * 4 + j] * g[i * 4 + j]) - rows[i]);
            for (int j = 0; j < 4; j++) columns[j] += share * (Enumerable.Range(0, 3).Average(i => g[i * 4 + j] * g[i * 4 + j]) - columns[j]);
            for (int i = 0; i < 5; i++) variance[i] += share * (h[i] * h[i] - variance[i]);
            Walk(m, [.. g.Select((x, at) => x / Math.Sqrt(rows[at / 4] * columns[at % 4] / rows.Average()))], rho);
            Walk(v, [.. h.Select((x, at) => x / Math.Sqrt(variance[at]))], rho);
            Assert.All(m.Zip(matrix.ToArray<double>()), p => Assert.Equal(p.First, p.Second, 1e-10));
            Assert.All(v.Zip(vector.ToArray<double>()), p => Assert.Equal(p.First, p.Second, 1e-10));
            if (t != 3) continue;
            var again = new Adafactor([matrix, vector], 0.05, weightDecay: 0.1);
            again.LoadStateDict(adafactor.StateDict().ToDictionary(s => s.Key, s => s.Value.Clone()));
            adafactor = again;
        }

        static void Walk(double[] p, double[] update, double rho)
        {
            double size = Math.Sqrt(p.Average(x => x * x)), step = Math.Max(1e-3, size) * rho, length = Math.Max(1, Math.Sqrt(update.Average(x => x * x)));
            for (int i = 0; i < p.Length; i++) p[i] = p[i] * (1 - 0.05 * 0.1) - step / length * update[i];
        }
    }

    [Fact]
    public void Muon_moves_in_all_directions_alike()
    {
        var p = Parameter.Of(Tensor.Zeros([6, 4], DType.Float64));
        var muon = new Muon([p], 0.1, weightDecay: 0);
        p.Grad = Tensor.Randn([6, 4], DType.Float64, new Generator(3));
        muon.Step();
        var step = p.Detach() / (-0.1 * Math.Sqrt(1.5));
        var gram = step.Transpose(0, 1).MatMul(step);                        // singular values between 0.7 and 1.2, as its authors say
        Assert.InRange((double)gram.Detach().Norm(), 0.5 * 2, 1.5 * 2);
        var x = Tensor.Randn([4], DType.Float64, new Generator(4)).Normalize(2, 0);
        Assert.InRange((double)step.MatMul(x).Norm(), 0.6, 1.3);
        Assert.Throws<ArgumentException>(() => new Muon([Start([3], 1)]));
    }
}
