#:project ../src/Candeia/Candeia.csproj
#:property PublishAot=false

// Where is what?
// ==============
//
// A network that finds things in pictures gives a box for each, what it is, and how sure that is. This program draws shapes on textured
// backgrounds, two to a picture, shows some to a small Faster R-CNN, and then looks how many it finds in pictures that it has not seen.
//
//     dotnet run tutorials/detection.cs            some minutes
//     dotnet run tutorials/detection.cs -- 3       so many epochs

using System.Globalization;
using Candeia;
using Candeia.Data;
using Candeia.Datasets;
using Candeia.Images;
using Candeia.NN;
using Candeia.Training;
using Candeia.Vision;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Generator.Seed(1);
int epochs = args.Length > 0 ? int.Parse(args[0]) : 12;


// 1. Pictures with boxes
// ----------------------
// An Annotated is a picture and what is marked in it: boxes, and a label for each. Label 0 is what is no thing, so classes begin at 1.
// What moves the picture moves the boxes too.

string[] classes = ["nothing", .. DrawnShapes.Classes];
var flip = new RandomHorizontalFlip().Then(new RandomVerticalFlip());
Dataset<Annotated> train = new Pairs(new DrawnShapes(800, 48)).Map((scene, generator) => flip.Apply(scene, generator));
Dataset<Annotated> test = new Pairs(new DrawnShapes(80, 48, seed: 5));


// 2. A network
// ------------
// A small residual network sees the picture in four resolutions, and a pyramid brings them together. Around each place of each of its
// maps there are anchors, boxes of a size and three shapes; the first part of the network says which of them may hold a thing, the second
// what it is and how the box is moved. For photographs begin with published weights instead: ModelWeights.Of("fasterrcnn_resnet50_fpn").

var pyramid = new FeaturePyramid(new ResNet([1, 1, 1, 1], classes: 0, width: 24), channels: 48);
var net = new FasterRcnn(
    pyramid, classes.Length, minSize: 48, maxSize: 96, new AnchorGenerator([[16], [24], [40], [64], [128]], [0.5, 1, 2]),
    new ProposalOptions { PreNms = (300, 150), PostNms = (150, 60), BatchPerImage = 64 }, new RegionOptions { BatchPerImage = 64, PositiveFraction = 0.5 }, features: 128);


// 3. Learning
// -----------
// Pictures may have any sizes, so a batch of them is a list. The network compares what it says with the boxes itself; what training makes
// small is the sum of its losses.

var fitted = net
    .Setup(forward: (FasterRcnn n, SceneBatch batch) => n.Losses(batch.Scenes), loss: (losses, _) => losses.Values.Aggregate((a, b) => a + b), optimizer: p => new AdamW(p, 2e-3))
    .With(new ClipGradNorm(10), new LearningRateSchedule(steps => new OneCycleSchedule(2e-3, steps), Per.Batch))
    .Fit(train.Loader(8, SceneBatch.Collate, shuffle: true, workers: 2), epochs);
Console.WriteLine(fitted);


// 4. What it finds
// ----------------
// The mean average precision is 1 where every thing is found, each once, and nothing else. 0.5 says how much of a box must be right.

net.Eval();
var measure = new MeanAveragePrecision();
foreach (var scene in test) measure.Add(net.Detect(scene.Image)[0], scene);
var result = measure.Compute();
Console.WriteLine($"mAP {result.Map:0.000}, mAP50 {result.Map50:0.000}");

var found = net.Detect(test[0].Image)[0].Above(0.5);
long[] labels = found.Labels.ToArray<long>();
float[] scores = found.Scores.ToArray<float>();
Image.FromTensor(test[0].Image)
    .DrawBoundingBoxes(found.Boxes, [.. labels.Select((label, i) => $"{classes[label]} {scores[i]:0.00}")])
    .Save("found.png");
net.Save("detector.safetensors");


/// <summary>Two pictures of shapes side by side: one picture with two boxes.</summary>
sealed class Pairs(DrawnShapes shapes) : Dataset<Annotated>
{
    public override int Count => shapes.Count / 2;

    public override Annotated this[int index]
    {
        get
        {
            Annotated left = shapes.Scene(2 * index), right = shapes.Scene(2 * index + 1);
            Tensor moved = right.Boxes!.Values + Tensor.From([left.Width, 0, left.Width, 0f]);
            return new(
                Tensor.Cat([left.Image, right.Image], 2), new Boxes(Tensor.Cat([left.Boxes!.Values, moved])), Labels: Tensor.Cat([left.Labels!, right.Labels!]) + 1);
        }
    }
}
