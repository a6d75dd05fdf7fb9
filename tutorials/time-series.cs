#:project ../src/Candeia/Candeia.csproj
#:property PublishAot=false

// What comes next, and how surely
// ===============================
//
// A series of numbers with a rhythm: how much will be wanted in the next steps, and how far may that be from the truth? An LSTM says
// three numbers for each step, between which most of what comes should lie. Beside it stand two who know less: the same as a week ago,
// and the best linear rule.
//
//     dotnet run tutorials/time-series.cs
//     dotnet run tutorials/time-series.cs -- --quick

using System.Globalization;
using Candeia;
using Candeia.Charts;
using Candeia.Data;
using Candeia.NN;
using Candeia.Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
bool quick = args.Contains("--quick");
Generator.Seed(4);


// 1. A series
// -----------
// Drawn, not measured: four times a day for some years, with a day, a week, a level that wanders, and quiet days that nobody announces. Who
// sees a quiet morning should foresee a quiet evening; and no quiet day a week later.

const int Day = 4, Week = 7 * Day, Horizon = Day;

static float[] Draw(int weeks)
{
    var random = new Generator(9);
    float[] values = new float[weeks * Week];
    double level = 0;
    bool quiet = false;
    for (int t = 0; t < values.Length; t++)
    {
        if (t % Day == 0) quiet = random.NextDouble() < 0.15;
        level = 0.98 * level + 0.03 * random.NextNormal();
        double rhythm = (t % Week / Day >= 5 ? 0.7 : 1) * (1 + 0.5 * Math.Sin(2 * Math.PI * t / Day));
        values[t] = (float)(100 * rhythm * Math.Exp(level + 0.02 * random.NextNormal()) * (quiet ? 0.5 : 1));
    }
    return values;
}

float[] series = Draw(quick ? 80 : 250);


// 2. Questions and answers
// ------------------------
// The question is a week and a half, the answer the next day. Both are divided by the mean of the question, so that the level does not
// matter and nothing is known of later times. The series is divided by time; no answer of one part reaches into the next.

const int Past = Week + Week / 2;

TensorDataset Questions(int from, int to)
{
    List<Tensor> x = [], y = [];
    for (int t = from + Past; t + Horizon <= to; t++)
    {
        float mean = series[(t - Past)..t].Average();
        float[] time = [.. Enumerable.Range(t - Past, Past).SelectMany(s => new[] { series[s] / mean, s % Day / (float)Day, s % Week / Day >= 5 ? 1 : 0 })];
        x.Add(Tensor.From(time, [Past, 3]));
        y.Add(Tensor.From([.. series[t..(t + Horizon)].Select(v => v / mean)], [Horizon]));
    }
    return new(Tensor.Stack([.. x]), Tensor.Stack([.. y]));
}

int first = series.Length * 7 / 10, second = series.Length * 85 / 100;
TensorDataset train = Questions(0, first), valid = Questions(first, second), test = Questions(second, series.Length);
Console.WriteLine($"{train.Count} questions to learn from, {valid.Count} to watch, {test.Count} for the test");


// 3. Two who know less
// --------------------

var weekAgo = test.X[.., (Past - Week)..(Past - Week + Horizon), 0];

Tensor Row(Tensor x) => Tensor.Cat([x.Flatten(1), Tensor.Ones([x.Shape[0], 1])], 1).To(DType.Float64);
var rule = Linalg.LstSq(Row(train.X), train.Y.To(DType.Float64)).Solution;
var linear = Row(test.X).MatMul(rule).To(DType.Float32);


// 4. The LSTM
// -----------
// It says three quantiles of each step: below the first lies one part in ten of what comes, below the last nine. The loss that makes
// them so costs a number that is too low more at the high quantile, and one that is too high more at the low one.

Tensor Pinball(Tensor y, Tensor truth)
{
    var over = truth.Unsqueeze(2) - y;
    Tensor level = Tensor.From([0.1f, 0.5f, 0.9f]);
    return (over * level).Maximum(over * (level - 1)).Mean();
}

var fitted = new Forecaster(Horizon).Setup(Pinball, p => new Adam(p, 5e-3))
    .With(new LearningRateSchedule(steps => new OneCycleSchedule(5e-3, steps), Per.Batch), new KeepBest("valid_loss"))
    .Quiet()
    .Fit(train.Loader(32, shuffle: true), epochs: quick ? 6 : 12, valid: valid.Loader(256));
var forecast = fitted.Predict(test.Loader(256));


// 5. Who is right?
// ----------------

double Error(Tensor said) => (said - test.Y).Abs().Mean().Item() * 100;
Console.WriteLine($"off by, in parts of a hundred of the mean: week ago {Error(weekAgo):F1}, linear {Error(linear):F1}, LSTM {Error(forecast[.., .., 1]):F1}");
double inside = ((test.Y >= forecast[.., .., 0]) & (test.Y <= forecast[.., .., 2])).To(DType.Float32).Mean().Item();
Console.WriteLine($"{inside:P0} of what came lay between the outer quantiles, which should be 80 %");


// 6. Look at it
// -------------
// A forecast a day, for two weeks.

double[] Line(Tensor values) => [.. Enumerable.Range(0, 2 * 7).SelectMany(day => values[day * Day].ToArray<double>())];
double[] at = [.. Enumerable.Range(0, 2 * Week).Select(t => t / (double)Day)];
var chart = new LineChart("Two weeks", [new("truth", at, Line(test.Y)) { Hue = Hue.Blue }, new("LSTM", at, Line(forecast[.., .., 1])) { Hue = Hue.Orange }])
{
    Bands = [new("4 of 5", at, Line(forecast[.., .., 0]), Line(forecast[.., .., 2])) { Hue = Hue.Orange }],
    X = "day", Y = "of the mean",
};
chart.Save("time-series.svg");
chart.Print();


/// <summary>[n, past, 3] → [n, horizon, 3]: an LSTM reads the past, and what it knows at the end becomes the quantiles of all steps to come.</summary>
sealed class Forecaster(int horizon) : Layer
{
    readonly LSTM lstm = new(3, 32, batchFirst: true);
    readonly Linear head = new(32, 3 * horizon);

    public override Tensor Forward(Tensor x) => x.Apply(lstm)[.., ^1].Apply(head).Reshape(x.Shape[0], horizon, 3) + 1;
}
