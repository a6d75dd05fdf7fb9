using Candeia.NN;

namespace Candeia.Experiments.Tests;

/// <summary>PyTorch's example reinforce: a pole on a cart learns to stand, from nothing but how long it stood (Williams 1992).</summary>
public class ReinforceTests
{
    /// <summary>The cart and the pole of Barto, Sutton and Anderson (1983), by Euler's method.</summary>
    sealed class CartPole(Generator random)
    {
        const double Gravity = 9.8, Cart = 1, Pole = 0.1, Half = 0.5, Force = 10, Step = 0.02;

        double _x = random.NextDouble() * 0.1 - 0.05, _v = random.NextDouble() * 0.1 - 0.05, _angle = random.NextDouble() * 0.1 - 0.05, _turn = random.NextDouble() * 0.1 - 0.05;

        public float[] State => [(float)_x, (float)_v, (float)_angle, (float)_turn];

        public bool HasFallen => Math.Abs(_x) > 2.4 || Math.Abs(_angle) > 12 * Math.PI / 180;

        public void Push(bool right)
        {
            var (sin, cos) = Math.SinCos(_angle);
            double pushed = ((right ? Force : -Force) + Pole * Half * _turn * _turn * sin) / (Cart + Pole);
            double turning = (Gravity * sin - cos * pushed) / (Half * (4.0 / 3 - Pole * cos * cos / (Cart + Pole)));
            double moving = pushed - Pole * Half * turning * cos / (Cart + Pole);
            (_x, _v, _angle, _turn) = (_x + Step * _v, _v + Step * moving, _angle + Step * _turn, _turn + Step * turning);
        }
    }

    [Fact]
    public void A_pole_learns_to_stand()
    {
        const int longest = 200, updates = 40, together = 10;
        const double discount = 0.99;
        var random = new Generator(5);
        Sequential policy = [new Linear(4, 64, generator: new Generator(1)), new ReLU(), new Linear(64, 2, generator: new Generator(2))];
        var adam = new Adam(policy.Parameters(), 1e-2);
        List<int> stood = [];
        for (int update = 0; update < updates; update++)
        {
            using var scope = Scope.Begin();
            List<float> states = [];
            List<long> actions = [];
            List<double> after = [];
            for (int episode = 0; episode < together; episode++)
            {
                var cart = new CartPole(random);
                int start = actions.Count;
                while (!cart.HasFallen && actions.Count - start < longest)
                {
                    states.AddRange(cart.State);
                    using var _ = Autograd.NoGrad();
                    double right = policy.Forward(Tensor.From(cart.State, [1, 4])).Softmax(1)[0, 1].Item();
                    actions.Add(random.NextDouble() < right ? 1 : 0);
                    cart.Push(actions[^1] == 1);
                }
                stood.Add(actions.Count - start);
                // What came after each step, the nearer the more.
                for (int t = 0; t < stood[^1]; t++) after.Add((1 - Math.Pow(discount, stood[^1] - t)) / (1 - discount));
            }
            // Compared with the mean of all these episodes: what led to more is made likelier, what led to less is not.
            double mean = after.Average(), spread = Math.Sqrt(after.Average(r => (r - mean) * (r - mean))) + 1e-6;
            Tensor gains = Tensor.From([.. after.Select(r => (float)((r - mean) / spread))]);
            adam.ZeroGrad();
            var chosen = policy.Forward(Tensor.From([.. states], [actions.Count, 4])).LogSoftmax(1).Gather(1, Tensor.From([.. actions], [actions.Count, 1])).Squeeze(1);
            (-(chosen * gains).Mean()).Backward();
            adam.Step();
        }
        double first = stood.Take(together).Average(), last = stood.TakeLast(together).Average();
        Assert.True(last > 100 && last > 3 * first, $"the pole stood {first:F0} steps at first, and {last:F0} at the end");
    }
}
