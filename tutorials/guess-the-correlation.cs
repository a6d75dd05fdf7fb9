#:project ../src/Candeia/Candeia.csproj
#:property PublishAot=false

// Guess the correlation
// =====================
//
// You get a scatterplot with thirty points, and no numbers. How strongly are x and y correlated, from −1 (a line that falls)
// over 0 (a cloud) to +1 (a line that rises)? People are poor at this. In this program a neural network learns it, from
// examples alone: you show it pictures, it guesses, you tell it how far off it was, and it adjusts itself a little.
//
//     dotnet run tutorials/guess-the-correlation.cs                 the whole thing: some minutes, depending on the machine
//     dotnet run tutorials/guess-the-correlation.cs -- --quick      600 pictures instead of 20 000, in small batches: a first look
//
// Pictures of what happens are written to runs/tutorial, or to the folder that --out names. No network is needed, and no GPU.

using Candeia;
using Candeia.Charts;
using Candeia.Data;
using Candeia.Datasets;
using Candeia.NN;
using Candeia.Training;
using Candeia.Images;

bool quick = args.Contains("--quick");
string output = args.SkipWhile(arg => arg != "--out").Skip(1).FirstOrDefault("runs/tutorial");
Directory.CreateDirectory(output);
Generator.Seed(777);                // one seed for everything that is random: the same run again gives the same numbers


// 1. Get the data
// ---------------
// The first time, the pictures are drawn and saved below "data", as PNG files with a table of their true correlations.
// (Pass source: DataSource.Download to have the original ones instead.) Opening the data reads no picture: each is read when
// it is asked for. So data[..10_000] is not a copy either, just the first ten thousand items under another name.
//
// A network is judged by pictures that it has never seen. That is why there are three parts: one to learn from, one to
// watch the learning with, and one for the final test, which is touched only once.

int n = quick ? 600 : 20_000;

var data  = new GuessTheCorrelation("data", transform: Crop, count: n);
var train = data[..(n / 2)];                  // 10 000 to learn from
var valid = data[(n / 2)..(n * 3 / 4)];       //  5 000 to validate
var test  = data[(n * 3 / 4)..];              //  5 000 for the test


// 2. Prepare the pictures
// -----------------------
// A picture is a tensor: an array of numbers with a shape, here [150, 150], where white is 1 and black is 0. A transform is a
// function from one tensor to another. This one cuts the axes off at the bottom and at the left, because their labels say
// nothing about the correlation, and adds a dimension for the colour channels, of which there is only one.

static Tensor Crop(Tensor picture) => picture[..130, 20..150].Unsqueeze(0);      // [150, 150] → [1, 130, 130]


// 3. Look at the items, and make batches
// --------------------------------------
// An item is the picture x, the correlation y, and the name of the file.

Console.WriteLine($"{train.Count} items to learn from, {valid.Count} to validate, {test.Count} for the test.");

var (x, y, id) = train[0];
Console.WriteLine($"The first one, {id}, is a picture {x.Shape} with the correlation {(float)y:0.00}. Its upper left corner:");
Console.WriteLine(x[0, ..6, ..12]);

// Networks learn from a batch of items at a time. A loader puts 64 pictures side by side into one tensor, in an order that is
// shuffled anew for each pass over the training data. It works ahead, on a thread of its own, while the network learns.

int batchSize = quick ? 16 : 64;

var trainBatches = train.Loader(batchSize, shuffle: true);
var validBatches = valid.Loader(batchSize);
var testBatches  = test.Loader(batchSize);
Console.WriteLine($"\nBatches: {trainBatches.Count} to learn from, {validBatches.Count} to validate, {testBatches.Count} for the test.");

var batch = trainBatches.Peek();
Console.WriteLine($"In a batch, x has the shape {batch.X.Shape} and y has {batch.Y.Shape}.");


// 4. Look at a batch
// ------------------
// Always look at what you feed to a network. Can you guess the correlations?

string[] correlations = [.. batch.Y.Select(correlation => $"{(float)correlation:0.00}")];
Image.Grid(batch.X, columns: 8, captions: correlations).Save(Path.Combine(output, "batch.png"));

Console.WriteLine("\nThe true correlations of the first batch:");
foreach (var row in correlations.Chunk(8)) Console.WriteLine(string.Join(' ', row.Select(text => text.PadLeft(6))));


// 5. The network
// --------------
// The class at the end of this file says of which layers the network consists, and how a picture flows through them. A new
// network starts from random numbers and knows nothing: whatever the picture is, it says the same, something near 0.

var net = new CorrelationNet();
Console.WriteLine($"\n{net.Summarize(batch.X.Shape)}");

using (Autograd.NoGrad())           // we only want an answer, so nothing has to be remembered for learning
{
    Tensor guess = net.Forward(batch.X);
    Console.WriteLine($"\nUntrained, it answers {guess.Shape}, all between {(float)guess.Min():0.000} and {(float)guess.Max():0.000}.");
}


// 6. Train
// --------
// Learning needs two more things. The loss says how wrong the answers are: the mean of (answer − truth)². The truth has the shape
// [64] and the answers have [64, 1], so the truth gets the missing dimension. The optimizer, Adam, knows how to change
// 3 304 193 numbers such that the loss becomes a little smaller; it does so once per batch.
//
// An epoch is a pass over all training data. After each, the loss is measured on the validation data too. If it rose there while
// it falls in training, the network would be learning its pictures by heart.

Console.WriteLine();
var fitted = net
    .Setup(loss: (y, target) => y.MseLoss(target.Unsqueeze(1)), optimizer: p => new Adam(p), metrics: new MeanAbsoluteError())
    .Fit(trainBatches, epochs: quick ? 5 : 10, valid: validBatches);

fitted.History.Chart().Save(Path.Combine(output, "history.svg"));


// 7. Test, and predict
// --------------------
// How good is it with pictures that it has never seen? Always saying 0 would give a loss of about 0.2.

PhaseResult result = fitted.Evaluate(testBatches);
Console.WriteLine($"\nTest: mean squared error {result.Loss:0.00000}, mean absolute error {result["mae"]:0.0000}.");

Tensor predictions = fitted.Predict(testBatches).Squeeze();
Tensor truth = Tensor.Cat([.. testBatches.Select(b => b.Y)]);

// A point per picture: from left to right what is true, upwards what the network says. On the diagonal it is right.

PredictionsChart.Of(truth, predictions).Save(Path.Combine(output, "predictions.svg"));

Console.WriteLine($"Now look at batch.png, history.svg and predictions.svg in {Path.GetFullPath(output)}");


// The network reads a picture as we do: first small details, then what they make up together.
//
// A convolution slides a window of 3×3 pixels over the picture and computes the same weighted sum at every position; it looks
// for a pattern wherever that may be. The first one looks for 32 patterns, the second finds 64 patterns of patterns, the third
// 128. After each, ReLU sets negative numbers to 0, and pooling makes the picture half as wide and high, by averages of 2×2. In
// the end, two linear layers weigh up all that was found and turn it into a single number.
//
// Layers that are fields belong to the network: that is all it takes for the optimizer to find their numbers.

sealed class CorrelationNet : Layer
{
    readonly Conv2d conv1 = new(1, 32, kernelSize: 3);
    readonly Conv2d conv2 = new(32, 64, kernelSize: 3);
    readonly Conv2d conv3 = new(64, 128, kernelSize: 3);
    readonly Linear fc1 = new(14 * 14 * 128, 128);
    readonly Linear fc2 = new(128, 1);

    public override Tensor Forward(Tensor x) => x
        .Apply(conv1).Relu().AvgPool2d(2)
        .Apply(conv2).Relu().AvgPool2d(2)
        .Apply(conv3).Relu().AvgPool2d(2)
        .Flatten(startDim: 1)
        .Apply(fc1).Relu()
        .Apply(fc2);
}
