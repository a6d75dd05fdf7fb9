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
        const int longest = 200, episodes = 250;
        const double discount = 0.99;
        var random = new Generator(5);
        Sequential policy = [new Linear(4, 64, generator: new Generator(1)), new ReLU(), new Linear(64, 2, generator: new Generator(2))];
        var adam = new Adam(policy.Parameters(), 1e-2);
        List<int> stood = [];
        for (int episode = 0; episode < episodes; episode++)
        {
            using var scope = Scope.Begin();
            var cart = new CartPole(random);
            List<float> states = [];
            List<long> actions = [];
            while (!cart.HasFallen && actions.Count < longest)
            {
                states.AddRange(cart.State);
                using var _ = Autograd.NoGrad();
                double right = policy.Forward(Tensor.From(cart.State, [1, 4])).Softmax(1)[0, 1].Item();
                actions.Add(random.NextDouble() < right ? 1 : 0);
                cart.Push(actions[^1] == 1);
            }
            stood.Add(actions.Count);
            // What came after each step, the nearer the more; compared with the episode's mean.
            double[] after = new double[actions.Count];
            for (int t = after.Length - 1; t >= 0; t--) after[t] = 1 + (t + 1 < after.Length ? discount * after[t + 1] : 0);
            double mean = after.Average(), spread = Math.Sqrt(after.Average(r => (r - mean) * (r - mean))) + 1e-6;
            Tensor gains = Tensor.From([.. after.Select(r => (float)((r - mean) / spread))]);
            adam.ZeroGrad();
            var chosen = policy.Forward(Tensor.From([.. states], [actions.Count, 4])).LogSoftmax(1).Gather(1, Tensor.From([.. actions], [actions.Count, 1])).Squeeze(1);
            (-(chosen * gains).Sum()).Backward();
            adam.Step();
        }
        double first = stood.Take(20).Average(), last = stood.TakeLast(20).Average();
        Assert.True(last > 100 && last > 3 * first, $"the pole stood {first:F0} steps at first, and {last:F0} at the end");
    }
}
