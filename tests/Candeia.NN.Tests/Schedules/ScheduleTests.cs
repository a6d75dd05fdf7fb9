using Candeia.NN;

namespace Candeia.Tests;

public class ScheduleTests
{
    [Fact]
    public void All_groups_follow_from_where_they_began()
    {
        Tensor a = Parameter.Of(Tensor.Zeros([1])), b = Parameter.Of(Tensor.Zeros([1]));
        var adam = new Adam([a], 0.1).AddGroup([b], learningRate: 0.01);
        new StepSchedule(2, 0.5).Apply(adam, 4);
        Assert.Equal([0.025, 0.0025], adam.Groups.Select(g => g.LearningRate));
        new OneCycleSchedule(1, 10).Apply(adam, 2);
        Assert.All(adam.Groups, g => Assert.Equal((1, 0.85), (g.LearningRate, g.Momentum)));
        new StepSchedule(2).Apply(adam, 0);
        Assert.All(adam.Groups, g => Assert.Equal(0.9, g.Momentum));
        new OneCycleSchedule(1, 10).Apply(new Adagrad([a]), 2);
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepSchedule(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepSchedule(1) with { StepSize = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineSchedule(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceOnPlateau(factor: 1));
        Assert.Contains("is over", Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycleSchedule(1, 10).LearningRate(10, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Patience_0_lowers_at_the_first_disappointment_and_not_before()
    {
        var sgd = new SGD([Parameter.Of(Tensor.Zeros([1]))], 1);
        var plateau = new ReduceOnPlateau(0.5, patience: 0);
        Assert.False(plateau.Observe(3, sgd));
        Assert.False(plateau.Observe(2, sgd));
        Assert.True(plateau.Observe(2, sgd));
        Assert.Equal(0.5, sgd.LearningRate);
        Assert.True(plateau.Observe(double.NaN, sgd));
    }

    [Fact]
    public void A_plateau_goes_on_where_it_was()
    {
        double[] metrics = [5, 4, 4, 4, 4, 4, 3, 3, 3, 3];
        var (sgd, a) = (new SGD([Parameter.Of(Tensor.Zeros([1]))], 1), new ReduceOnPlateau(0.5, patience: 2, cooldown: 1));
        double[] straight = [.. metrics.Select(m => { a.Observe(m, sgd); return sgd.LearningRate; })];
        var (again, b) = (new SGD([Parameter.Of(Tensor.Zeros([1]))], 1), new ReduceOnPlateau(0.5, patience: 2, cooldown: 1));
        Assert.Equal(straight, metrics.Select(m =>
        {
            b = new ReduceOnPlateau(0.5, patience: 2, cooldown: 1) { State = b.State };
            b.Observe(m, again);
            return again.LearningRate;
        }));
    }

    [Fact]
    public void The_example_of_the_documentation_compiles_as_it_stands()
    {
        var (optimizer, step) = (new SGD([Parameter.Of(Tensor.Zeros([1]))], 1), 0);
        var schedule = new LinearSchedule(Start: 0.1, Steps: 500).Then(new CosineSchedule(9_500), after: 500);
        schedule.Apply(optimizer, step);
        Assert.Equal(0.1, optimizer.LearningRate, 1e-12);
    }

    public static IEnumerable<object[]> Cases => Golden.Names("schedules");

    [Theory, MemberData(nameof(Cases))]
    public void Rates_are_those_of_PyTorch(string family, string name)
    {
        var c = Golden.Open(family)[name];
        double[] rates = c["rates"].Doubles, momenta = c["momenta"].Doubles;
        var sgd = new SGD([Parameter.Of(Tensor.Zeros([1]))], 0.1, momentum: 0.9);
        var plateau = c.Op != "ReduceLROnPlateau" ? null : new ReduceOnPlateau(
            c.Number("factor", 0.1), c.Int("patience", 10), c.Text("mode") == "max", c.Number("threshold", 1e-4), c.Text("threshold_mode") == "abs", c.Int("cooldown"), c.Number("min_lr"));
        for (int step = 0; step < rates.Length; step++)
        {
            if (plateau is null) Make(c).Apply(sgd, step);
            Assert.Equal(rates[step], sgd.LearningRate, 1e-12);
            Assert.Equal(momenta[step], sgd.Groups[0].Momentum, 1e-12);
            plateau?.Observe(c["metrics"].Doubles[step], sgd);
        }
    }

    static Schedule Make(GoldenCase c) => c.Op switch
    {
        "StepLR" => new StepSchedule(c.Int("step_size"), c.Number("gamma", 0.1)),
        "MultiStepLR" => new MultiStepSchedule(c.Ints("milestones")!, c.Number("gamma", 0.1)),
        "ConstantLR" => new ConstantSchedule(c.Number("factor"), c.Int("total_iters")),
        "LinearLR" => new LinearSchedule(c.Number("start_factor"), c.Number("end_factor", 1), c.Int("total_iters")),
        "ExponentialLR" => new ExponentialSchedule(c.Number("gamma")),
        "PolynomialLR" => new PolynomialSchedule(c.Int("total_iters"), c.Number("power", 1)),
        "CosineAnnealingLR" => new CosineSchedule(c.Int("T_max"), c.Number("eta_min")),
        "CosineAnnealingWarmRestarts" => new CosineWarmRestartsSchedule(c.Int("T_0"), c.Int("T_mult", 1), c.Number("eta_min")),
        "CyclicLR" => new CyclicSchedule(c.Number("base_lr"), c.Number("max_lr"), c.Int("step_size_up"), c.Has("step_size_down") ? c.Int("step_size_down") : null,
            c.Text("mode") switch { "triangular2" => CyclicMode.Triangular2, "exp_range" => CyclicMode.ExpRange, _ => CyclicMode.Triangular }, c.Number("gamma", 1)),
        "OneCycleLR" => new OneCycleSchedule(c.Number("max_lr"), c.Int("total_steps", c.Int("epochs") * c.Int("steps_per_epoch")), c.Number("pct_start", 0.3),
            c.Text("anneal_strategy") == "linear" ? Annealing.Linear : Annealing.Cosine, c.Flag("cycle_momentum", true), Divisor: c.Number("div_factor", 25), FinalDivisor: c.Number("final_div_factor", 1e4), ThreePhases: c.Flag("three_phase")),
        "LambdaLR" => new LambdaSchedule(step => Math.Pow(0.95, step)),
        "SequentialLR" => new ConstantSchedule(0.1, 2).Then(new ExponentialSchedule(0.9), after: 4),
        "ChainedScheduler" => new ConstantSchedule(0.1, 2).With(new ExponentialSchedule(0.9)),
        var name => throw new NotSupportedException(name),
    };

    [Theory]
    [InlineData(10, 0.1, false)]
    [InlineData(5, 0.2, true)]
    [InlineData(1, 1, false)]
    public void A_rise_of_no_steps_is_over_when_it_begins(int steps, double warmUp, bool threePhases)
    {
        var schedule = new OneCycleSchedule(0.1, steps, WarmUp: warmUp, ThreePhases: threePhases);
        Assert.Equal(0.1, schedule.LearningRate(0, 1), 1e-12);
        Assert.Equal(0.85, schedule.Momentum(0, 1), 1e-12);
        for (int step = 1; step < steps; step++) Assert.InRange(schedule.LearningRate(step, 1), 0, 0.1 - 1e-6);
    }
}
